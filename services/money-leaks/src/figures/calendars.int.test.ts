import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  batchCompleted,
  countLogged,
  downtimeAcknowledged,
  downtimeEnded,
  getLineOee,
  getMoneyLeakOverview,
  getOee,
  getReliability,
  getTimeline,
  plantUpdated,
  productUpdated,
  scrapLogged,
  type CalendarVersion,
  type LineRow,
} from '@plantops/contracts';
import { aBatch, aCount, aPlant, aProduct, aScrap, aStop, at } from '@plantops/testing';
import { Ledger } from '../ledger-fixture.ts';

let ledger: Ledger;
beforeAll(async () => {
  ledger = await Ledger.start();
});
afterAll(() => ledger.close());

const weekdays = [1, 2, 3, 4, 5, 6, 7];
const twoShifts: CalendarVersion = {
  valid_from: null,
  timezone: 'UTC',
  exceptions: [],
  weekly: [
    { name: 'early', start: '06:00', end: '14:00', breaks: [{ start: '10:00', end: '10:30' }], weekdays },
    { name: 'late', start: '14:00', end: '22:00', breaks: [], weekdays },
  ],
};
const day = { from: at('00:00'), to: at('2026-03-03T00:00:00Z') };
const percent = (value: number | null) => Number(((value ?? 0) * 100).toFixed(2));

describe('the worked case "Day", reported as facts', () => {
  let line: LineRow;
  beforeAll(async () => {
    const versions = [
      { valid_from: null, hourly_cost: 120, ideal_cycle_seconds: 30, micro_stop_seconds: 300 },
      { valid_from: at('14:00'), hourly_cost: 150, ideal_cycle_seconds: 30, micro_stop_seconds: 300 },
    ];
    line = await ledger.line({ versions }, { calendars: [twoShifts] });
    const product = await ledger.product({ unit_cost: 4, salvage_value: 0.5 });
    const stop = (from: string, to: string, fields: object) =>
      ledger.service.announce(
        downtimeEnded,
        aStop({ id: ledger.nextId(), line_id: line.id, start_time: at(from), end_time: at(to), ...fields }),
      );
    await stop('06:00', '06:30', { reason_category: 'changeover', is_planned: true });
    await stop('09:50', '10:40', { reason_category: 'mechanical' });
    await stop('11:00', '11:04', { reason_category: 'other' });
    await stop('13:57', '14:03', { reason_category: 'electrical' });
    await stop('16:00', '16:20', { reason_category: 'no_material' });
    const batch = aBatch({
      id: ledger.nextId(),
      line_id: line.id,
      product_id: product.id,
      started_at: at('06:30'),
      completed_at: at('15:00'),
      good_count: 760,
      scrap_count: 20,
    });
    await ledger.service.announce(batchCompleted, batch);
    await ledger.service.settled();
  });

  test('gives A 85.66, P 85.90, Q 97.44, OEE 71.70 and OOE 39.58 %', async () => {
    const { availability, performance, quality, oee, ooe, terms } = await ledger.service.call(getLineOee, {
      id: line.id,
      ...day,
    });
    expect([availability, performance, quality, oee, ooe].map(percent)).toEqual([85.66, 85.9, 97.44, 71.7, 39.58]);
    expect(terms).toMatchObject({
      calendar_minutes: 1440,
      pot_minutes: 960,
      planned_stop_minutes: 30,
      unassigned_minutes: 400,
      pbt_minutes: 530,
      unplanned_stop_minutes: 46,
      changeover_minutes: 30,
      micro_stop_minutes: 4,
      apt_minutes: 454,
    });
  });

  test('posts 103.50, 60.00, 131.80 and 70.00, each row in its shift', async () => {
    expect(await ledger.totals(line.id)).toEqual({
      downtime_loss: 103.5,
      changeover_loss: 60,
      speed_loss: 131.8,
      scrap_loss: 70,
    });
  });

  test('by shift the units are 681.2 and 98.8, by day and month the whole', async () => {
    const by = async (group_by: 'shift' | 'day' | 'month') =>
      (await ledger.service.call(getOee, { line_id: line.id, ...day, group_by })).items.map(({ group, terms }) => [
        group,
        terms.total_count,
      ]);
    expect((await by('shift')).filter(([group]) => group !== null)).toEqual([
      ['2026-03-02T06:00 early', 681.2],
      ['2026-03-02T14:00 late', 98.8],
    ]);
    expect(await by('day')).toEqual([['2026-03-02', 780]]);
    expect(await by('month')).toEqual([['2026-03', 780]]);
  });

  test('MTBF is 227 and MTTR 13 minutes', async () => {
    const { items, total } = await ledger.service.call(getReliability, {
      line_id: line.id,
      ...day,
      group_by: 'reason',
    });
    expect(total).toEqual({ failures: 2, mtbf_minutes: 227, mttr_minutes: 13, mtta_minutes: null });
    expect(items).toMatchObject([
      { group: 'electrical', failures: 1, mttr_minutes: 6 },
      { group: 'mechanical', failures: 1, mttr_minutes: 20 },
    ]);
  });

  test('its timeline is one state at each instant, without a gap; the break masks the stop', async () => {
    const { items, masked } = await ledger.service.call(getTimeline, { id: line.id, ...day });
    expect(items.map(({ from }) => from)).toEqual([at('00:00'), ...items.slice(0, -1).map(({ to }) => to)]);
    expect(items.at(-1)?.to).toBe(at('2026-03-03T00:00:00Z'));
    const states = items.map(({ from, state }) => `${from.slice(11, 16)} ${state}`);
    expect(states.slice(0, 8)).toEqual([
      '00:00 no_shift',
      '06:00 changeover',
      '06:30 running',
      '09:50 stop',
      '10:00 planned_stop',
      '10:30 stop',
      '10:40 running',
      '11:00 micro_stop',
    ]);
    expect(masked).toMatchObject([{ from: at('10:00'), to: at('10:30') }]);
  });
});

test('a calendar that comes later, or changes, is a correction: reversals and new postings', async () => {
  const line = await ledger.line({ hourly_cost: 60 });
  await ledger.service.announce(
    downtimeEnded,
    aStop({ id: ledger.nextId(), line_id: line.id, start_time: at('05:00'), end_time: at('07:00') }),
  );
  expect(await ledger.totals(line.id)).toEqual({ downtime_loss: 120 });
  const plant = aPlant({ id: line.plant_id, code: line.code, version: 2, calendars: [twoShifts] });
  await ledger.service.announce(plantUpdated, plant);
  expect(await ledger.totals(line.id)).toEqual({ downtime_loss: 60 });
  const closed = {
    ...twoShifts,
    exceptions: [{ date: '2026-03-02', shifts: [] }],
    valid_from: at('2026-03-01T00:00:00Z'),
  };
  await ledger.service.announce(plantUpdated, { ...plant, version: 3, calendars: [twoShifts, closed] });
  expect(await ledger.totals(line.id)).toEqual({});
});

test('a plant that moves to another time zone: its losses count on the local days of the new zone', async () => {
  const line = await ledger.line();
  const stop = aStop({ id: ledger.nextId(), line_id: line.id, start_time: at('02:00'), end_time: at('02:20') });
  await ledger.service.announce(downtimeEnded, stop);
  expect(await ledger.totals(line.id)).toEqual({ downtime_loss: 100 });
  await ledger.service.announce(
    plantUpdated,
    aPlant({ id: line.plant_id, code: line.code, version: 2, timezone: 'America/New_York' }),
  );
  await ledger.service.settled();
  const midnights = ['2026-03-01T05:00:00.000Z', '2026-03-02T05:00:00.000Z', '2026-03-03T05:00:00.000Z'] as const;
  const lost = async (from: string, to: string) =>
    (await ledger.service.call(getMoneyLeakOverview, { plant_id: line.plant_id, from, to })).total_amount_usd;
  expect(await lost(midnights[0], midnights[1])).toBe(100);
  expect(await lost(midnights[1], midnights[2])).toBe(0);
});

test.each([
  ['by its name', true],
  ['by no name', false],
])(
  'what is counted %s at the midnight at which a batch ends counts on the day before, in that batch',
  async (_how, isNamed) => {
    const line = await ledger.line();
    const midnight = day.to;
    const batch = aBatch({
      id: ledger.nextId(),
      line_id: line.id,
      product_id: null,
      started_at: at('20:00'),
      completed_at: midnight,
    });
    const of = isNamed
      ? { batch_id: batch.id, batch_number: batch.batch_number }
      : { batch_id: null, batch_number: null };
    await ledger.service.announce(batchCompleted, batch);
    await ledger.service.announce(
      countLogged,
      aCount({ ...of, id: ledger.nextId(), line_id: line.id, product_id: null, at: midnight, good: 100 }),
    );
    await ledger.service.settled();
    const made = async (from: string, to: string) =>
      (await ledger.service.call(getLineOee, { id: line.id, from, to })).terms.total_count;
    expect(await made(day.from, day.to)).toBe(100);
    expect(await made(day.to, at('2026-03-04T00:00:00Z'))).toBe(0);
  },
);

test('a product’s own rate on a line decides how slow the line ran; set later, it corrects postings', async () => {
  const line = await ledger.line({ hourly_cost: 60, ideal_cycle_seconds: 30 });
  const product = await ledger.product();
  const batch = aBatch({
    id: ledger.nextId(),
    line_id: line.id,
    product_id: product.id,
    completed_at: at('07:00'),
    good_count: 100,
  });
  await ledger.service.announce(batchCompleted, batch);
  expect(await ledger.totals(line.id)).toEqual({ speed_loss: 10 });
  const rates = [{ line_id: line.id, valid_from: null, ideal_cycle_seconds: 33 }];
  await ledger.service.announce(productUpdated, aProduct({ id: product.id, code: product.code, version: 2, rates }));
  expect(await ledger.totals(line.id)).toEqual({ speed_loss: 5 });
});

test('the parts of a split stop are judged by the whole, in any order of their events', async () => {
  const [line, other] = [await ledger.line({ hourly_cost: 60 }), await ledger.line({ hourly_cost: 60 })];
  for (const [of, order] of [
    [line, [0, 1, 2]],
    [other, [2, 1, 0]],
  ] as const) {
    const origin_id = ledger.nextId();
    const part = (id: string, from: string, to: string) =>
      aStop({ id, line_id: of.id, origin_id, start_time: at(from), end_time: at(to), version: 2 });
    const parts = [
      part(origin_id, '08:00', '08:03'),
      part(ledger.nextId(), '08:03', '08:05'),
      part(ledger.nextId(), '08:05', '08:06'),
    ];
    for (const index of order) await ledger.service.announce(downtimeEnded, parts[index] as (typeof parts)[number]);
    await ledger.service.settled();
    expect((await ledger.net(of.id)).map(({ rule, time_minutes }) => [rule, time_minutes])).toEqual([
      ['stop', 3],
      ['stop', 2],
      ['stop', 1],
    ]);
  }
});

test('MTTA is the mean time from start to acknowledgement of the failures', async () => {
  const line = await ledger.line();
  const stop = aStop({ id: ledger.nextId(), line_id: line.id, acknowledged_at: at('08:06'), acknowledged_by: 'Ada' });
  await ledger.service.announce(downtimeAcknowledged, { ...stop, end_time: null, status: 'open' });
  await ledger.service.announce(downtimeEnded, { ...stop, version: 2 });
  await ledger.service.settled();
  const { items } = await ledger.service.call(getReliability, { line_id: line.id, ...day, group_by: 'line' });
  expect(items).toMatchObject([{ group: line.id, label: line.code, failures: 1, mtta_minutes: 6, mttr_minutes: 20 }]);
});

test('counts of no batch make their shift busy: scrap in it takes machine time', async () => {
  const line = await ledger.line({ hourly_cost: 60, ideal_cycle_seconds: 60 }, { calendars: [twoShifts] });
  const product = await ledger.product({ unit_cost: 1, cost_basis: 'material' });
  const of = { line_id: line.id, product_id: product.id, batch_id: null, batch_number: null };
  await ledger.service.announce(scrapLogged, aScrap({ ...of, id: ledger.nextId(), quantity: 6, at: at('08:00') }));
  expect(await ledger.totals(line.id)).toEqual({ scrap_loss: 6 });
  // Counts of no batch make the shift busy: now the scrapped units took machine time.
  const count = aCount({ ...of, id: ledger.nextId(), at: at('09:00') });
  await ledger.service.announce(countLogged, count);
  expect(await ledger.totals(line.id)).toEqual({ scrap_loss: 12 });
});
