import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  downtimeAmended,
  downtimeEnded,
  downtimeStarted,
  downtimeVoided,
  lineCreated,
  lineUpdated,
  moneyLeakRecorded,
  moneyLeakReversed,
  plantCreated,
  type DowntimeRow,
  type LineRow,
  type MoneyLeakView,
} from '@plantops/contracts';
import { aStop, at } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await Ledger.start();
});
afterAll(() => ledger.close());

const stopOn = (line: LineRow, fields: Partial<DowntimeRow> = {}) =>
  aStop({ id: ledger.nextId(), line_id: line.id, ...fields });
const minutes = async (line: LineRow) =>
  (await ledger.net(line.id)).map(({ time_minutes, source_id }) => [time_minutes, source_id]);

describe('a stop that ended', () => {
  test('is posted with its minutes, price and day, and the posting is announced', async () => {
    const line = await ledger.line({ hourly_cost: 450 }, { timezone: 'America/New_York' });
    const stop = stopOn(line, { start_time: '2026-03-02T03:30:00.000Z', end_time: '2026-03-02T03:50:00.000Z' });
    const cause = await ledger.service.announce(downtimeEnded, stop);
    const rows = await ledger.rows(line.id);
    expect(rows).toMatchObject([
      {
        category: 'downtime_loss',
        amount_usd: 150,
        time_minutes: 20,
        hourly_cost: 450,
        business_date: '2026-03-01',
        occurred_from: stop.start_time,
        occurred_to: stop.end_time,
        source_type: 'downtime',
        source_id: stop.id,
        cause_event_id: cause,
        rule: 'stop',
        plant_id: line.plant_id,
        is_avoidable: true,
        reverses_id: null,
      },
    ]);
    const {
      action_taken: _action,
      version: _version,
      updated_at: _at,
      updated_by: _by,
      ...posted
    } = rows[0] as MoneyLeakView;
    expect((await ledger.service.announced(moneyLeakRecorded.type)).at(-1)?.data).toEqual(posted);
  });

  test('is posted once though it is reported twice, also under another event id', async () => {
    const line = await ledger.line();
    const stop = stopOn(line);
    const id = await ledger.service.announce(downtimeEnded, stop);
    await ledger.service.announce(downtimeEnded, stop, 'akron', id);
    await ledger.service.announce(downtimeEnded, stop);
    expect(await ledger.rows(line.id)).toHaveLength(1);
  });

  test.each([
    ['mechanical', {}, 'downtime_loss', 'stop', true],
    ['starved', {}, 'downtime_loss', 'delay', true],
    ['changeover', { is_planned: true }, 'changeover_loss', 'changeover', false],
    ['other', { end_time: at('08:04:59') }, 'speed_loss', 'micro_stop', true],
    ['utilities', { phase: 'startup' as const }, 'startup_loss', 'ramp_up', false],
    ['safety', {}, 'downtime_loss', 'stop', false],
  ] as const)('%s %p is %s', async (reason_category, fields, category, rule, is_avoidable) => {
    const line = await ledger.line();
    await ledger.service.announce(downtimeEnded, stopOn(line, { reason_category, ...fields }));
    expect(await ledger.rows(line.id)).toMatchObject([{ category, rule, is_avoidable }]);
  });

  test('a planned stop and an open one cost nothing', async () => {
    const line = await ledger.line();
    await ledger.service.announce(downtimeEnded, stopOn(line, { is_planned: true }));
    await ledger.service.announce(downtimeStarted, stopOn(line, { start_time: at('10:00'), end_time: null }));
    expect(await ledger.rows(line.id)).toEqual([]);
  });

  test("is cut at the plant's midnight", async () => {
    const line = await ledger.line({}, { timezone: 'America/New_York' });
    await ledger.service.announce(
      downtimeEnded,
      stopOn(line, { start_time: '2026-03-02T04:50:00.000Z', end_time: '2026-03-02T05:20:00.000Z' }),
    );
    expect(await ledger.net(line.id)).toMatchObject([
      { time_minutes: 10, business_date: '2026-03-01', occurred_to: '2026-03-02T05:00:00.000Z' },
      { time_minutes: 20, business_date: '2026-03-02', occurred_from: '2026-03-02T05:00:00.000Z' },
    ]);
  });
});

describe('stops before their line is known', () => {
  test.each([
    ['plant, then line', true],
    ['line, then plant', false],
  ])('are posted when it becomes known: %s', async (_order, plantFirst) => {
    const { line, plant } = ledger.unannounced();
    await ledger.service.announce(downtimeEnded, stopOn(line));
    expect(await ledger.rows(line.id)).toEqual([]);
    const announcing = [
      () => ledger.service.announce(plantCreated, plant),
      () => ledger.service.announce(lineCreated, line),
    ];
    for (const announce of plantFirst ? announcing : announcing.reverse()) {
      await announce();
      await ledger.service.settled();
    }
    expect(await ledger.rows(line.id)).toMatchObject([{ amount_usd: 100 }]);
  });

  test('are posted also when both become known at the same time', async () => {
    const known = Array.from({ length: 20 }, () => ledger.unannounced());
    await Promise.all(
      known.flatMap(({ line, plant }) => [
        ledger.service.announce(downtimeEnded, stopOn(line)),
        ledger.service.announce(lineCreated, line),
        ledger.service.announce(plantCreated, plant),
      ]),
    );
    const rows = await Promise.all(known.map(({ line }) => ledger.rows(line.id)));
    expect(rows.map((ofLine) => ofLine.length)).toEqual(known.map(() => 1));
  });
});

describe('a price that changes', () => {
  const withPrice = (line: LineRow, valid_from: string, hourly_cost: number): LineRow => ({
    ...line,
    hourly_cost,
    version: line.version + 1,
    versions: [...line.versions, { valid_from, hourly_cost, ideal_cycle_seconds: 30, micro_stop_seconds: 300 }],
  });

  test('from an instant on changes no row before it', async () => {
    const line = await ledger.line();
    await ledger.service.announce(downtimeEnded, stopOn(line));
    const before = await ledger.rows(line.id);
    await ledger.service.announce(lineUpdated, withPrice(line, at('08:20'), 600));
    await ledger.service.settled();
    await ledger.service.announce(downtimeEnded, stopOn(line, { start_time: at('09:00'), end_time: at('09:20') }));
    const after = await ledger.rows(line.id);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after.map(({ amount_usd }) => amount_usd)).toEqual([100, 200]);
  });

  test('in the past reverses and posts again what lies behind it, and nothing else', async () => {
    const line = await ledger.line();
    for (const hour of ['07', '08', '09'])
      await ledger.service.announce(
        downtimeEnded,
        stopOn(line, { start_time: at(`${hour}:00`), end_time: at(`${hour}:20`) }),
      );
    await ledger.service.settled();
    await ledger.service.announce(lineUpdated, withPrice(line, at('08:00'), 600));
    expect((await ledger.net(line.id)).map(({ amount_usd }) => amount_usd)).toEqual([100, 200, 200]);
    const rows = await ledger.rows(line.id);
    expect(rows).toHaveLength(7);
    expect(
      (await ledger.service.announced(moneyLeakReversed.type)).filter(
        ({ data }) => (data as { line_id: string }).line_id === line.id,
      ),
    ).toHaveLength(2);
  });

  test('an older version of the line that arrives late changes nothing', async () => {
    const line = await ledger.line();
    const dearer = withPrice(line, at('00:00'), 600);
    await ledger.service.announce(lineUpdated, dearer);
    // Prices and stops come by two streams: what is asked here is about the third announcement alone.
    await ledger.service.settled();
    await ledger.service.announce(downtimeEnded, stopOn(line));
    await ledger.service.settled();
    await ledger.service.announce(lineUpdated, line);
    expect(await ledger.rows(line.id)).toMatchObject([{ amount_usd: 200 }]);
  });
});

describe('a stop that was corrected', () => {
  test('amended: what was posted is reversed and posted again', async () => {
    const line = await ledger.line();
    const stop = stopOn(line);
    await ledger.service.announce(downtimeEnded, stop);
    await ledger.service.settled();
    const amended = {
      ...stop,
      version: 2,
      end_time: at('08:30'),
      duration_minutes: 30,
      reason_category: 'changeover' as const,
    };
    const cause = await ledger.service.announce(downtimeAmended, amended);
    const [first, ...correction] = await ledger.rows(line.id);
    expect(correction).toHaveLength(2);
    expect(correction.find(({ reverses_id }) => reverses_id === first?.id)).toMatchObject({
      amount_usd: -100,
      time_minutes: -20,
      category: 'downtime_loss',
      cause_event_id: cause,
    });
    expect(await ledger.totals(line.id)).toEqual({ changeover_loss: 150 });
  });

  test('voided, or open again: what was posted is reversed', async () => {
    for (const [event, fields] of [
      [downtimeVoided, { voided_at: at('09:00') }],
      [downtimeAmended, { end_time: null, status: 'open' as const }],
    ] as const) {
      const line = await ledger.line();
      const stop = stopOn(line);
      await ledger.service.announce(downtimeEnded, stop);
      await ledger.service.settled();
      await ledger.service.announce(event, { ...stop, ...fields, version: 2 });
      expect(await ledger.net(line.id)).toEqual([]);
      expect((await ledger.rows(line.id)).map(({ amount_usd }) => amount_usd)).toEqual([100, -100]);
    }
  });

  test('an old version that arrives after the new one changes nothing', async () => {
    const line = await ledger.line();
    const stop = stopOn(line);
    await ledger.service.announce(downtimeVoided, { ...stop, version: 3, voided_at: at('09:00') });
    await ledger.service.settled();
    await ledger.service.announce(downtimeEnded, stop);
    expect(await ledger.rows(line.id)).toEqual([]);
  });

  test('moved to another day: nothing is left behind', async () => {
    const line = await ledger.line();
    const stop = stopOn(line);
    await ledger.service.announce(downtimeEnded, stop);
    await ledger.service.settled();
    await ledger.service.announce(downtimeAmended, {
      ...stop,
      version: 2,
      start_time: '2026-02-25T08:00:00.000Z',
      end_time: '2026-02-25T08:10:00.000Z',
    });
    expect(await ledger.net(line.id)).toMatchObject([{ business_date: '2026-02-25', time_minutes: 10 }]);
  });
});

describe('stops that overlap', () => {
  test.each([[[0, 1, 2]], [[2, 1, 0]], [[1, 2, 0]], [[2, 0, 1]]])(
    'a minute is paid once, whatever the order of arrival: %p',
    async (order) => {
      const line = await ledger.line();
      const early = stopOn(line, { start_time: at('08:00'), end_time: at('08:30') });
      const late = stopOn(line, { start_time: at('08:20'), end_time: at('08:50') });
      const planned = stopOn(line, {
        start_time: at('08:10'),
        end_time: at('08:15'),
        is_planned: true,
        reason_category: 'cleaning',
      });
      for (const index of order) {
        await ledger.service.announce(downtimeEnded, [early, late, planned][index] as DowntimeRow);
        await ledger.service.settled();
      }
      expect(await minutes(line)).toEqual([
        [10, early.id],
        [15, early.id],
        [20, late.id],
      ]);
    },
  );

  test('after a correction the time that a stop no longer covers is paid to the other', async () => {
    const line = await ledger.line();
    const [early, late] = [
      stopOn(line, { end_time: at('08:30') }),
      stopOn(line, { start_time: at('08:20'), end_time: at('08:50') }),
    ];
    for (const stop of [early, late]) await ledger.service.announce(downtimeEnded, stop);
    await ledger.service.settled();
    await ledger.service.announce(downtimeAmended, {
      ...early,
      version: 2,
      start_time: at('07:00'),
      end_time: at('07:10'),
    });
    expect(await minutes(line)).toEqual([
      [10, early.id],
      [30, late.id],
    ]);
  });

  test('what a voided stop had masked is paid', async () => {
    const line = await ledger.line();
    const [early, late] = [
      stopOn(line, { end_time: at('08:30') }),
      stopOn(line, { start_time: at('08:20'), end_time: at('08:50') }),
    ];
    for (const stop of [early, late]) await ledger.service.announce(downtimeEnded, stop);
    await ledger.service.settled();
    await ledger.service.announce(downtimeVoided, { ...early, version: 2, voided_at: at('10:00') });
    expect(await minutes(line)).toEqual([[30, late.id]]);
  });
});
