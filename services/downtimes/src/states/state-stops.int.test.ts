import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  acknowledgeDowntime,
  amendDowntime,
  batchCompleted,
  batchStarted,
  endDowntime,
  lineCreated,
  lineUpdated,
  listDowntimes,
  splitDowntime,
  voidDowntime,
  waitingOf,
} from '@plantops/contracts';
import { aBatch, aLine, at, rowId, ServiceHarness, twiceShuffled, waitFor } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let downtimes: ServiceHarness;
let lines = 0;

beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
});
afterAll(() => downtimes.close());

const aNewLine = async () => {
  const line = aLine({ id: rowId(1000 + (lines += 1)), code: `L${lines}` });
  await downtimes.announce(lineCreated, line);
  return line;
};
type Line = Awaited<ReturnType<typeof aNewLine>>;
const say = (line: Line, time: string, state: string, more: { seq?: number; reason_code?: string } = {}) =>
  downtimes.publish(line.code, 'state', {
    id: `${line.code}/${time}/${state}/${more.seq ?? ''}`,
    at: at(time),
    state,
    ...more,
  });
const stopsOf = async (line: Line) => {
  await downtimes.settled();
  const { items } = await downtimes.call(listDowntimes, { line_id: line.id, sort: 'start_time', limit: 500 });
  return items.filter(({ voided_at }) => voided_at === null);
};
const shown = async (line: Line) =>
  (await stopsOf(line)).map((stop) =>
    [
      stop.start_time.slice(11, 16),
      stop.end_time?.slice(11, 16) ?? 'open',
      stop.reason_category,
      stop.is_planned ? 'planned' : '',
      stop.is_micro_stop ? 'micro' : '',
    ]
      .join(' ')
      .trim(),
  );

describe('stops derived from the states of a line', () => {
  test('a stop opens when it leaves running and ends when it runs again', async () => {
    const line = await aNewLine();
    await say(line, '08:00', 'running');
    await say(line, '09:00', 'stopped', { reason_code: 'mechanical' });
    expect(await shown(line)).toEqual(['09:00 open mechanical']);
    await say(line, '09:20', 'running');
    expect(await shown(line)).toEqual(['09:00 09:20 mechanical']);
    await say(line, '10:00', 'stopped');
    await say(line, '10:04', 'running');
    expect(await shown(line)).toEqual(['09:00 09:20 mechanical', '10:00 10:04 unknown  micro']);
  });

  test('after a silence longer than a stop may last, the stop ends at its maximum length', async () => {
    const line = await aNewLine();
    await say(line, '2024-01-01T08:00:00Z', 'stopped');
    await say(line, '2025-06-01T08:00:00Z', 'running');
    expect(await stopsOf(line)).toMatchObject([{ end_time: '2025-01-01T08:00:00.000Z', status: 'ended' }]);
  });

  test('a late report moves a stop, cuts it in two, or withdraws it', async () => {
    const line = await aNewLine();
    await say(line, '09:00', 'stopped');
    await say(line, '09:40', 'running');
    await say(line, '09:30', 'running');
    expect(await shown(line)).toEqual(['09:00 09:30 unknown']);
    await say(line, '09:10', 'starved');
    expect(await shown(line)).toEqual(['09:00 09:10 unknown', '09:10 09:30 starved']);
    await say(line, '09:00', 'running', { seq: 2 });
    expect(await shown(line)).toEqual(['09:10 09:30 starved']);
  });

  test('of two reports for one instant the higher seq counts, in any order of arrival', async () => {
    for (const order of [
      [1, 2],
      [2, 1],
    ]) {
      const line = await aNewLine();
      for (const seq of order) await say(line, '09:00', seq === 2 ? 'stopped' : 'running', { seq });
      expect(await shown(line)).toEqual(['09:00 open unknown']);
    }
  });

  test('idle is missing demand without a batch and an unexplained stop with one, whichever is known first', async () => {
    const expected = ['06:00 08:00 no_demand planned', '08:00 10:00 unknown', '14:00 15:00 no_demand planned'];
    for (const batchFirst of [true, false]) {
      const line = await aNewLine();
      const running = aBatch({ id: rowId(2000 + lines), line_id: line.id, started_at: at('08:00') });
      const over = { ...running, version: 2, status: 'completed' as const, completed_at: at('13:00') };
      const batch = async () => {
        await downtimes.announce(batchStarted, running);
        await downtimes.announce(batchCompleted, over);
        await downtimes.settled();
      };
      if (batchFirst) await batch();
      for (const [time, state] of [
        ['06:00', 'idle'],
        ['10:00', 'running'],
        ['14:00', 'idle'],
        ['15:00', 'running'],
      ] as const)
        await say(line, time, state);
      await downtimes.settled();
      if (!batchFirst) await batch();
      expect(await shown(line)).toEqual(expected);
    }
  });

  test('the end of a batch also changes the idle time after the line’s next run', async () => {
    const line = await aNewLine();
    const running = aBatch({ id: rowId(2000 + lines), line_id: line.id, started_at: at('08:00') });
    for (const [time, state] of [
      ['08:00', 'running'],
      ['14:00', 'idle'],
      ['15:00', 'running'],
      ['16:00', 'idle'],
    ] as const)
      await say(line, time, state);
    await downtimes.settled();
    await downtimes.announce(batchStarted, running);
    expect(await shown(line)).toEqual(['14:00 15:00 unknown', '16:00 open unknown']);
    await downtimes.announce(batchCompleted, {
      ...running,
      version: 2,
      status: 'completed',
      completed_at: at('13:00'),
    });
    expect(await shown(line)).toEqual(['14:00 15:00 no_demand planned', '16:00 open no_demand planned']);
  });

  test('a stop whose start comes late keeps its row, its reason and its acknowledgement; a part cut off it inherits the reason', async () => {
    const line = await aNewLine();
    await say(line, '05:00', 'running');
    await say(line, '09:00:10', 'stopped');
    await say(line, '09:20:10', 'running');
    const [stop] = await stopsOf(line);
    const id = stop?.id ?? '';
    await downtimes.call(amendDowntime, { id, reason_category: 'electrical', root_cause: 'fuse' });
    await downtimes.call(acknowledgeDowntime, { id, acknowledged_at: at('09:02:10') });
    await say(line, '09:00', 'stopped');
    const kept = { id, reason_category: 'electrical', root_cause: 'fuse', reason_source: null };
    expect(await stopsOf(line)).toMatchObject([
      { ...kept, start_time: at('09:00'), end_time: at('09:20:10'), acknowledged_at: at('09:02:10') },
    ]);
    await say(line, '09:08', 'running');
    await say(line, '09:10', 'stopped');
    expect(await stopsOf(line)).toMatchObject([
      { ...kept, end_time: at('09:08'), acknowledged_at: at('09:02:10'), is_failure: true },
      {
        start_time: at('09:10'),
        reason_category: 'electrical',
        root_cause: 'fuse',
        reason_source: 'inherited',
        acknowledged_at: null,
        is_failure: true,
      },
    ]);
    const [, other] = await stopsOf(line);
    await downtimes.call(amendDowntime, { id: other?.id ?? '', reason_category: 'mechanical' });
    await say(line, '09:09', 'running');
    expect(await stopsOf(line)).toMatchObject([kept, { reason_category: 'mechanical', reason_source: null }]);
  });

  test('the parts of a departure share its first one as their origin, and its threshold', async () => {
    const line = await aNewLine();
    await say(line, '10:00', 'stopped');
    await say(line, '10:02', 'blocked');
    expect(await stopsOf(line)).toMatchObject([{ is_micro_stop: false }, { is_micro_stop: false }]);
    await say(line, '10:05', 'running');
    const [first, second] = await stopsOf(line);
    expect(second).toMatchObject({ origin_id: first?.id, is_micro_stop: false });
    expect(first).toMatchObject({ origin_id: first?.id, is_micro_stop: false });
    await say(line, '10:04', 'running');
    expect(await stopsOf(line)).toMatchObject([{ is_micro_stop: true }, { is_micro_stop: true }]);
    await say(line, '10:02', 'running', { seq: 1 });
    expect(await stopsOf(line)).toMatchObject([{ id: first?.id, origin_id: null, is_micro_stop: true }]);
  });

  test('a departure shorter than ignore_stop_seconds is no stop; one that lasts is a stop when it is long enough', async () => {
    const line = aLine({ id: rowId(1000 + (lines += 1)), code: `L${lines}`, ignore_stop_seconds: 2 });
    await downtimes.announce(lineCreated, line);
    await say(line, '09:00', 'stopped');
    await say(line, '09:00:01', 'running');
    await say(line, '10:00', 'stopped');
    await say(line, '10:00:01', 'blocked');
    await say(line, '10:00:02', 'running');
    expect(await shown(line)).toEqual(['10:00 10:00 unknown  micro', '10:00 10:00 blocked  micro']);
    const from = new Date().toISOString();
    await say(line, from, 'stopped');
    await waitFor('the stop', async () => (await stopsOf(line)).some(({ start_time }) => start_time === from), 10_000);
  });

  test('a line whose limit for noise changes has its stops derived again, whenever they came', async () => {
    const line = await aNewLine();
    const now = Date.now();
    const ago = (minutes: number, seconds = 0) => new Date(now - minutes * 60_000 + seconds * 1_000).toISOString();
    // Two days ago, and across the edges of the days that are derived one after the other.
    await say(line, ago(2 * 1440), 'stopped');
    await say(line, ago(2 * 1440, 10), 'running');
    await say(line, ago(60), 'stopped');
    await say(line, ago(60, 10), 'running');
    await say(line, ago(30), 'stopped');
    await say(line, ago(20), 'running');
    expect(await stopsOf(line)).toHaveLength(3);
    const limited = (version: number, ignore_stop_seconds: number) => {
      const versions = [{ ...line.versions[0], ignore_stop_seconds }] as typeof line.versions;
      return downtimes.announce(lineUpdated, { ...line, version, ignore_stop_seconds, versions });
    };
    await limited(2, 60);
    expect(await stopsOf(line)).toMatchObject([{ duration_minutes: 10 }]);
    await limited(3, 0);
    expect(await stopsOf(line)).toHaveLength(3);
  });

  test('a line’s own names for its states are understood; one that is not known waits until the line knows it', async () => {
    const states = {
      '40': { state: 'changeover' as const },
      wash: { state: 'stopped' as const, reason_code: 'cleaning' },
    };
    const packml = { standard: 'packml' as const, states };
    const line = aLine({ id: rowId(1000 + (lines += 1)), code: `L${lines}`, state_map: packml });
    await downtimes.announce(lineCreated, line);
    for (const [time, state] of [
      ['08:00', 'Execute'],
      ['09:00', 'Held'],
      ['09:10', '6'],
      ['10:00', '40'],
      ['10:20', 'WASH'],
      ['10:30', 'execute'],
      ['11:00', 'Purge'],
      ['11:30', 'Execute'],
    ] as const)
      await say(line, time, state);
    const known = ['09:00 09:10 unknown', '10:00 10:20 changeover', '10:20 10:30 cleaning'];
    expect(await shown(line)).toEqual(known);
    const { items } = await downtimes.call(waitingOf('downtimes').list, { line_code: line.code });
    expect(items).toMatchObject([{ reason: 'unknown_state', waits_for: `state:${line.code}:purge` }]);
    const state_map = { ...packml, states: { ...states, purge: { state: 'planned_stop' as const } } };
    const versions = [{ ...line.versions[0], state_map }] as typeof line.versions;
    await downtimes.announce(lineUpdated, { ...line, version: 2, state_map, versions });
    expect(await shown(line)).toEqual([...known, '11:00 11:30 other planned']);
  });

  test('a stop that a person voided stays voided, whatever comes late', async () => {
    const line = await aNewLine();
    await say(line, '09:00', 'stopped');
    await say(line, '09:20', 'running');
    const [stop] = await stopsOf(line);
    await downtimes.call(voidDowntime, { id: stop?.id ?? '', reason: 'the sensor was broken' });
    await say(line, '09:10', 'stopped');
    expect(await shown(line)).toEqual([]);
    await say(line, '08:50', 'stopped');
    expect(await shown(line)).toEqual(['08:50 09:00 unknown']);
  });

  test('a stop that a person split stays split, and later parts of its departure share its origin', async () => {
    const line = await aNewLine();
    await say(line, '09:00', 'stopped');
    await say(line, '09:20', 'running');
    const [stop] = await stopsOf(line);
    const id = stop?.id ?? '';
    await downtimes.call(splitDowntime, { id, at: at('09:05'), reason_category: 'cleaning' });
    await say(line, '08:58', 'blocked');
    await say(line, '09:12', 'stopped', { reason_code: 'mechanical' });
    expect(await shown(line)).toEqual(['08:58 09:00 blocked', '09:00 09:05 unknown', '09:05 09:20 cleaning']);
    expect((await stopsOf(line)).map(({ origin_id }) => origin_id)).toEqual([id, id, id]);
  });

  test('where a person moved the start of an open stop, the line still ends it', async () => {
    const line = await aNewLine();
    await say(line, '09:00', 'stopped');
    const [stop] = await stopsOf(line);
    await downtimes.call(amendDowntime, { id: stop?.id ?? '', start_time: at('08:55') });
    await say(line, '09:20', 'running');
    expect(await shown(line)).toEqual(['08:55 09:20 unknown']);
  });

  test('the halves of a split stop stay one stop, whatever is derived again around them', async () => {
    const line = await aNewLine();
    await say(line, '05:00', 'running');
    await say(line, '10:00', 'stopped');
    await say(line, '10:08', 'running');
    const [stop] = await stopsOf(line);
    const id = stop?.id ?? '';
    await downtimes.call(splitDowntime, { id, at: at('10:04'), reason_category: 'cleaning' });
    await say(line, '10:02', 'stopped');
    expect(await stopsOf(line)).toMatchObject([
      { id, origin_id: id, is_micro_stop: false, end_time: at('10:04') },
      { origin_id: id, is_micro_stop: false, start_time: at('10:04'), reason_category: 'cleaning' },
    ]);
  });

  test('a stop whose start a person moved follows its part, also when that begins later than it did', async () => {
    const line = await aNewLine();
    await say(line, '09:00', 'stopped', { seq: 1 });
    const [stop] = await stopsOf(line);
    const id = stop?.id ?? '';
    await downtimes.call(amendDowntime, { id, start_time: at('08:55') });
    await say(line, '09:40', 'running');
    expect(await shown(line)).toEqual(['08:55 09:40 unknown']);
    await say(line, '09:10', 'running');
    await say(line, '09:20', 'stopped');
    expect(await shown(line)).toEqual(['08:55 09:10 unknown', '09:20 09:40 unknown']);
    await say(line, '09:00', 'running', { seq: 2 });
    await say(line, '09:05', 'stopped');
    expect(await shown(line)).toEqual(['08:55 09:10 unknown', '09:20 09:40 unknown']);
  });

  test('a stop that a person ended keeps its end, and no later stop takes its time', async () => {
    const line = await aNewLine();
    await say(line, '09:00', 'stopped');
    const [stop] = await stopsOf(line);
    await downtimes.call(endDowntime, { id: stop?.id ?? '', end_time: at('09:10') });
    await say(line, '09:05', 'running');
    await say(line, '09:07', 'stopped');
    await say(line, '09:20', 'running');
    expect(await shown(line)).toEqual(['09:00 09:10 unknown', '09:10 09:20 unknown']);
    expect((await stopsOf(line)).map(({ is_overlapping }) => is_overlapping)).toEqual([false, false]);
  });

  test('a stop that moved behind its acknowledgement can still be amended', async () => {
    const line = await aNewLine();
    await say(line, '09:00', 'stopped', { seq: 1 });
    const [stop] = await stopsOf(line);
    const id = stop?.id ?? '';
    await downtimes.call(acknowledgeDowntime, { id, acknowledged_at: at('09:02') });
    await say(line, '09:05', 'stopped');
    await say(line, '09:00', 'running', { seq: 2 });
    expect(await stopsOf(line)).toMatchObject([{ id, start_time: at('09:05'), acknowledged_at: at('09:02') }]);
    await expect(downtimes.call(amendDowntime, { id, reason_category: 'safety' })).resolves.toMatchObject({
      reason_category: 'safety',
      response_time_minutes: 0,
    });
  });

  test('that a stop was planned is a word of its own: the machine still tells the reason', async () => {
    const line = await aNewLine();
    await say(line, '09:00', 'stopped');
    const [stop] = await stopsOf(line);
    await downtimes.call(amendDowntime, { id: stop?.id ?? '', is_planned: true });
    await say(line, '09:05', 'stopped', { reason_code: 'mechanical' });
    await say(line, '09:20', 'running');
    expect(await shown(line)).toEqual(['09:00 09:20 mechanical planned']);
  });

  test('an open stop that a person voided takes the time up to that moment', async () => {
    const line = await aNewLine();
    await say(line, '09:00', 'stopped');
    const [stop] = await stopsOf(line);
    await downtimes.call(voidDowntime, { id: stop?.id ?? '', reason: 'the sensor was broken' });
    await say(line, '09:10', 'running');
    await say(line, '09:12', 'stopped');
    await say(line, '09:30', 'running');
    expect(await shown(line)).toEqual([]);
  });

  test('two rows that come together are one: the one with a person’s word stays', async () => {
    const line = await aNewLine();
    for (const [time, state] of [
      ['09:00', 'stopped'],
      ['09:08', 'running'],
      ['09:10', 'stopped'],
      ['09:20', 'running'],
    ] as const)
      await say(line, time, state);
    const [, second] = await stopsOf(line);
    await downtimes.call(amendDowntime, { id: second?.id ?? '', reason_code: 'E-17' });
    await say(line, '09:08', 'stopped', { seq: 1 });
    expect(await stopsOf(line)).toMatchObject([{ id: second?.id, start_time: at('09:00'), reason_code: 'E-17' }]);
  });

  test('what a person has corrected stays', async () => {
    const line = await aNewLine();
    await say(line, '09:00', 'stopped');
    await say(line, '09:20', 'running');
    const [stop] = await stopsOf(line);
    await downtimes.call(acknowledgeDowntime, { id: stop?.id ?? '', acknowledged_at: at('09:02') });
    await downtimes.call(amendDowntime, { id: stop?.id ?? '', end_time: at('09:15'), reason_category: 'electrical' });
    await say(line, '09:18', 'running');
    expect(await shown(line)).toEqual(['09:00 09:15 electrical']);
  });

  test('a state from the future waits and does not delay others', async () => {
    const line = await aNewLine();
    await downtimes.publish(line.code, 'state', {
      id: 'ahead',
      at: new Date(Date.now() + 3_600_000).toISOString(),
      state: 'stopped',
    });
    await say(line, '09:00', 'stopped');
    expect(await shown(line)).toEqual(['09:00 open unknown']);
    const { items } = await downtimes.call(waitingOf('downtimes').list, {});
    expect(items).toMatchObject([{ event_id: 'ahead', reason: 'early' }]);
  });
});

describe('the same reports and batches in any order, each twice', () => {
  const TAPE = [
    ['06:00', 'idle'],
    ['06:30', 'running'],
    ['06:30', 'stopped', 1],
    ['06:40', 'running'],
    ['07:00', 'stopped', 1],
    ['07:00', 'running', 2],
    ['07:30', 'starved'],
    ['07:32', 'starved'],
    ['07:45', 'blocked'],
    ['08:00', 'running'],
    ['08:30', 'running'],
    ['09:00', 'idle'],
    ['10:00', 'changeover'],
    ['10:30', 'running', 1],
    ['10:30', 'idle', 2],
    ['11:30', 'running'],
    ['12:00', 'idle'],
    ['13:00', 'planned_stop'],
  ] as const;
  const expected = [
    '06:00 06:15 no_demand planned',
    '06:15 06:40 unknown',
    '07:30 08:00 starved',
    '09:00 09:30 unknown',
    '09:30 10:00 no_demand planned',
    '10:00 10:30 changeover',
    '10:30 11:00 no_demand planned',
    '11:00 11:30 unknown',
    '12:00 13:00 unknown',
    '13:00 open other planned',
  ];
  test.each([1, 2, 3, 4, 5, 6])('shuffle %d gives the same stops', async (seed) => {
    const line = await aNewLine();
    const batch = (n: number, from: string, to?: string) =>
      aBatch({
        id: rowId(3000 + seed * 10 + n),
        batch_number: `B${n}`,
        line_id: line.id,
        version: to === undefined ? 1 : 2,
        started_at: at(from),
        completed_at: to === undefined ? null : at(to),
      });
    const tape = [
      ...TAPE.map(
        ([time, state, seq]) =>
          () =>
            say(line, time, state, seq === undefined ? {} : { seq }),
      ),
      async () => void (await downtimes.announce(batchStarted, batch(1, '06:15'))),
      async () => void (await downtimes.announce(batchCompleted, batch(1, '06:15', '09:30'))),
      async () => void (await downtimes.announce(batchStarted, batch(2, '11:00'))),
    ];
    for (const [index, tell] of twiceShuffled(tape, seed).entries()) {
      await tell();
      if (index % 5 === 4) await downtimes.settled();
    }
    expect(await shown(line)).toEqual(expected);
  });
});
