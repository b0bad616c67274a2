import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  amendDowntime,
  getPlant,
  lineCreated,
  lineUpdated,
  listDowntimes,
  plantUpdated,
  Problem,
  startDowntime,
  voidDowntime,
  type CalendarVersion,
} from '@plantops/contracts';
import { answer } from '@plantops/service-kit';
import { aLine, aPlant, at, rowId, ServiceHarness, twiceShuffled, waitFor } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

const weekdays = [1, 2, 3, 4, 5, 6, 7];
const early: CalendarVersion = {
  valid_from: null,
  timezone: 'UTC',
  weekly: [{ name: 'early', start: '06:00', end: '14:00', breaks: [], weekdays }],
  exceptions: [],
};
const plant = aPlant({ calendars: [early] });
let downtimes: ServiceHarness;
let lines = 0;
let asked = 0;
beforeAll(async () => {
  // No announcement of the plant comes: it is asked for.
  const answers = [
    answer(getPlant, async ({ id }) => {
      if (id !== plant.id) throw new Problem('not_found', `plant ${id} does not exist`);
      asked += 1;
      return plant;
    }),
  ];
  downtimes = await ServiceHarness.start('downtimes', start, readConfig, {
    neighbours: [{ service: 'production', answers }],
  });
});
afterAll(() => downtimes.close());

const aWatchedLine = async (silence_seconds: number | null = 900, more: object = {}) => {
  const line = aLine({ id: rowId(1000 + (lines += 1)), code: `L${lines}`, plant_id: plant.id, ...more });
  const watched = { ...line, versions: line.versions.map((version) => ({ ...version, silence_seconds })) };
  await downtimes.announce(lineCreated, watched);
  await downtimes.settled();
  return watched;
};
type Line = Awaited<ReturnType<typeof aWatchedLine>>;
type Sent = { readonly kind: string; readonly time: string; readonly [field: string]: unknown };
const send = ({ code }: Line, { kind, time, ...body }: Sent) =>
  downtimes.publish(code, kind, { id: `${code}/${kind}/${time}`, at: at(time), ...body });
const count = (time: string): Sent => ({ kind: 'count', time, good: 9 });
const state = (name: string, time: string): Sent => ({ kind: 'state', time, state: name });
const rowsOf = async ({ id }: Line) => {
  await downtimes.settled();
  const { items } = await downtimes.call(listDowntimes, { line_id: id, sort: 'start_time', limit: 500 });
  return items.filter(({ voided_at }) => voided_at === null);
};
const shown = async (line: Line) =>
  (await rowsOf(line)).map(({ start_time, end_time, source, is_overlapping }) =>
    [
      start_time.slice(11, 16),
      end_time?.slice(11, 16) ?? 'open',
      source,
      ...(is_overlapping ? ['overlapping'] : []),
    ].join(' '),
  );
const allLooked = () =>
  waitFor('all looks', async () => {
    const { rows } = await downtimes.rows.query<{ count: number }>(
      "select count(*)::int as count from silence_look where due_at < now() + interval '10 seconds'",
    );
    return rows[0]?.count === 0;
  });
/** Looks follow a little after the events. */
const becomes = (line: Line, expected: string[]) =>
  waitFor(`the stops ${expected.join(', ')}`, async () => {
    expect(await shown(line)).toEqual(expected);
    return true;
  });

test('a line that sends nothing more stands from its last event to the end of its shift, without a signal', async () => {
  const line = await aWatchedLine();
  for (const time of ['06:00', '06:10', '06:20']) await send(line, count(time));
  await becomes(line, ['06:20 14:00 silence']);
  expect((await rowsOf(line))[0]).toMatchObject({
    reason_category: 'unknown',
    reason_code: 'no_signal',
    is_planned: false,
    reported_by: null,
    created_by: `line:${line.code}`,
  });
  expect(asked).toBe(1);
});

const cases: [string, Sent[], string[]][] = [
  [
    'a late event cuts it',
    [count('06:00'), count('09:00'), count('07:00')],
    ['06:00 07:00 silence', '07:00 09:00 silence', '09:00 14:00 silence'],
  ],
  ['a pause that is allowed is none', [count('13:30'), count('13:45'), count('13:59')], []],
  [
    'before the first event of a shift it is not silent',
    [count('13:50'), { ...count('08:00'), time: '2026-03-03T10:00:00.000Z' }],
    ['10:00 14:00 silence'],
  ],
  ['outside the shifts it may be silent', [count('05:00'), count('15:00')], []],
  [
    'while it stands it is not silent',
    [state('running', '06:00'), state('stopped', '06:10'), state('running', '13:50')],
    ['06:10 13:50 event'],
  ],
  [
    'after a stop that somebody has ended it is',
    [
      state('running', '06:00'),
      { kind: 'downtime.ended', time: '08:00', at: undefined, start_time: at('06:10'), end_time: at('08:00') },
    ],
    ['06:10 08:00 event', '08:00 14:00 silence'],
  ],
];

test('events in any order and twice say when a line was silent', async () => {
  const sent: [Line, string, string[]][] = [];
  for (const [what, tape, expected] of cases)
    for (const order of [tape, twiceShuffled(tape, 7)]) {
      const line = await aWatchedLine();
      for (const event of order) {
        await send(line, event);
        await downtimes.settled();
      }
      sent.push([line, what, expected]);
    }
  // Those without a silence come last: the looks of the others have been taken by then.
  for (const [line, what, expected] of sent.toSorted(([, , a], [, , b]) => b.length - a.length))
    await waitFor(what, async () => {
      expect(await shown(line)).toEqual(expected);
      return true;
    });
  await allLooked();
  for (const [line, what, expected] of sent) expect([what, await shown(line)]).toEqual([what, expected]);
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe('a line that is silent now', () => {
  const noCalendar = { calendars: [] as CalendarVersion[] };
  const now = (id: string) => ({ id, backfill: false });

  test('has an open stop until its next event, and what a person said stays with it', async () => {
    await downtimes.announce(plantUpdated, { ...plant, ...noCalendar, version: 2 });
    const line = await aWatchedLine(60);
    await downtimes.publish(line.code, 'count', { ...now(`${line.code}/1`), at: minutesAgo(2), good: 1 });
    await waitFor('the open stop', async () => (await rowsOf(line))[0]?.status === 'open');
    const [{ id } = { id: '' }] = await rowsOf(line);
    await downtimes.call(amendDowntime, { id, reason_category: 'controls', description: 'switch' });
    await expect(downtimes.call(startDowntime, { line_id: line.id })).rejects.toMatchObject({ code: 'overlap' });
    const end = minutesAgo(0);
    await downtimes.publish(line.code, 'count', { ...now(`${line.code}/2`), at: end, good: 1 });
    await waitFor('the end of the stop', async () => (await rowsOf(line))[0]?.status === 'ended');
    expect(await rowsOf(line)).toMatchObject([
      { id, end_time: end, reason_category: 'controls', description: 'switch', source: 'silence' },
    ]);
    await downtimes.announce(plantUpdated, { ...plant, version: 3 });
  });

  test('that goes out of service was silent until then', async () => {
    await downtimes.announce(plantUpdated, { ...plant, ...noCalendar, version: 6 });
    const line = await aWatchedLine(60);
    await downtimes.publish(line.code, 'count', { ...now(`${line.code}/1`), at: minutesAgo(3), good: 1 });
    await waitFor('the open stop', async () => (await rowsOf(line))[0]?.status === 'open');
    const updated_at = minutesAgo(1);
    await downtimes.announce(lineUpdated, { ...line, version: 2, is_active: false, updated_at });
    await waitFor('the end of the stop', async () => (await rowsOf(line))[0]?.end_time === updated_at);
  });

  test('although an event is ahead of the clock: it says nothing before its time', async () => {
    const line = await aWatchedLine(60);
    await downtimes.publish(line.code, 'count', { ...now(`${line.code}/1`), at: minutesAgo(2), good: 1 });
    await downtimes.publish(line.code, 'count', { ...now(`${line.code}/2`), at: minutesAgo(-90), good: 1 });
    await waitFor('the open stop', async () => (await rowsOf(line))[0]?.status === 'open');
    await downtimes.announce(plantUpdated, { ...plant, version: 7 });
  });

  test('that may be silent for longer, or as long as it likes, has none', async () => {
    await downtimes.announce(plantUpdated, { ...plant, ...noCalendar, version: 8 });
    for (const silence_seconds of [7200, null]) {
      const line = await aWatchedLine(60);
      await downtimes.publish(line.code, 'count', { ...now(`${line.code}/1`), at: minutesAgo(2), good: 1 });
      await waitFor('the open stop', async () => (await rowsOf(line))[0]?.status === 'open');
      const versions = line.versions.map((one) => ({ ...one, silence_seconds }));
      await downtimes.announce(lineUpdated, { ...line, version: 2, versions });
      await waitFor('no stop', async () => (await rowsOf(line)).length === 0);
    }
    await downtimes.announce(plantUpdated, { ...plant, version: 9 });
  });
});

test('stops that are reported in a stored silence are stored at once, and the silence gives way', async () => {
  const [state_line, stop_line] = [await aWatchedLine(), await aWatchedLine()];
  for (const line of [state_line, stop_line]) {
    await send(line, count('06:00'));
    await becomes(line, ['06:00 14:00 silence']);
  }
  await send(state_line, state('stopped', '08:00'));
  await send(stop_line, {
    kind: 'downtime.ended',
    time: '09:00',
    at: undefined,
    start_time: at('08:00'),
    end_time: at('09:00'),
  });
  expect((await shown(state_line)).at(-1)).toBe('08:00 open event');
  expect(await shown(stop_line)).toContain('08:00 09:00 event');
  await becomes(state_line, ['06:00 08:00 silence', '08:00 open event']);
  await becomes(stop_line, ['06:00 08:00 silence', '08:00 09:00 event', '09:00 14:00 silence']);
});

test('an end that a person gives stays; the line is silent from then on again, in whatever order a late event comes', async () => {
  for (const late of [undefined, '06:10']) {
    const line = await aWatchedLine();
    await send(line, count('06:00'));
    await becomes(line, ['06:00 14:00 silence']);
    const [{ id } = { id: '' }] = await rowsOf(line);
    await downtimes.call(amendDowntime, { id, end_time: at('08:00') });
    if (late !== undefined) await send(line, count(late));
    await becomes(line, [`${late ?? '06:00'} 08:00 silence`, '08:00 14:00 silence']);
  }
});

test('a line whose stops cannot be derived holds up no other line', async () => {
  const [broken, sound] = [await aWatchedLine(), await aWatchedLine()];
  // Its plant is not known, and nobody answers for it.
  await downtimes.announce(lineUpdated, { ...broken, version: 2, plant_id: rowId(999) });
  await downtimes.settled();
  await send(broken, count('06:00'));
  await send(sound, count('06:00'));
  await becomes(sound, ['06:00 14:00 silence']);
  expect(await shown(broken)).toEqual([]);
});

test('a silence that a person voids does not come back', async () => {
  const line = await aWatchedLine();
  await send(line, count('06:00'));
  await becomes(line, ['06:00 14:00 silence']);
  const [{ id } = { id: '' }] = await rowsOf(line);
  await downtimes.call(voidDowntime, { id, reason: 'the network was down' });
  await send(line, count('13:59'));
  await send(line, count('06:01'));
  await downtimes.settled();
  await allLooked();
  expect(await shown(line)).toEqual([]);
});
