import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  amendDowntime,
  downtimeEnded,
  endDowntime,
  lineCreated,
  lineUpdated,
  listDowntimes,
  startDowntime,
} from '@plantops/contracts';
import { aLine, at, rowId, ServiceHarness, twiceShuffled } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let downtimes: ServiceHarness;
let lines = 0;
beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
});
afterAll(() => downtimes.close());

const aNewLine = async (more: Partial<ReturnType<typeof aLine>['versions'][number]> = {}) => {
  const line = aLine({ id: rowId(1000 + (lines += 1)), code: `L${lines}` });
  const versions = line.versions.map((version) => ({ ...version, ...more }));
  await downtimes.announce(lineCreated, { ...line, versions });
  await downtimes.settled();
  return line;
};
type Line = Awaited<ReturnType<typeof aNewLine>>;
type Sent = { readonly kind: string; readonly time: string; readonly [field: string]: unknown };
const send = ({ code }: Line, { kind, time, ...body }: Sent) =>
  downtimes.publish(code, kind, { id: `${code}/${kind}/${time}`, at: at(time), ...body });
const units = (...times: string[]): Sent[] => times.map((time) => ({ kind: 'count', time, good: 9 }));
const stopped: Sent = { kind: 'state', time: '07:00', state: 'stopped' };
const running = (time: string): Sent => ({ kind: 'state', time, state: 'running' });
const started: Sent = { kind: 'downtime.started', time: '07:00', downtime_ref: 'S' };
const rowsOf = async ({ id }: Line) => {
  await downtimes.settled();
  const { items } = await downtimes.call(listDowntimes, { line_id: id, sort: 'start_time', limit: 500 });
  return items.filter(({ voided_at }) => voided_at === null);
};
const shown = async (line: Line) =>
  (await rowsOf(line)).map(({ start_time, end_time, is_end_assumed, is_overlapping }) =>
    [
      start_time.slice(11, 16),
      end_time?.slice(11, 16) ?? 'open',
      ...(is_end_assumed ? ['assumed'] : []),
      ...(is_overlapping ? ['overlapping'] : []),
    ].join(' '),
  );

test.each<[string, Sent[], string[]]>([
  [
    'two instants of units end it at the first',
    [started, ...units('07:40', '07:50', '08:00')],
    ['07:00 07:40 assumed'],
  ],
  ['one instant proves nothing', [started, ...units('07:40')], ['07:00 open']],
  ['units that come late were made before', [started, ...units('07:01', '07:02', '07:40')], ['07:00 open']],
  [
    'a count of zero proves nothing',
    [started, { kind: 'count', time: '07:40', good: 0 }, ...units('07:50')],
    ['07:00 open'],
  ],
  [
    'rejects prove nothing',
    [started, { kind: 'count', time: '07:40', good: 0, reject: 5 }, ...units('07:50')],
    ['07:00 open'],
  ],
  [
    'a stop of the states of the line ends, too',
    [running('06:00'), stopped, ...units('07:40', '07:50')],
    ['07:00 07:40 assumed'],
  ],
  [
    'a reported end replaces it',
    [running('06:00'), stopped, ...units('07:40', '07:50'), running('07:45')],
    ['07:00 07:45'],
  ],
  [
    'another stop after the units is another departure',
    [running('06:00'), stopped, ...units('07:40', '07:50'), { ...stopped, time: '09:00' }, running('09:10')],
    ['07:00 07:40 assumed', '09:00 09:10'],
  ],
  [
    'a state that is said again lasts: units count after its last report',
    [running('06:00'), stopped, { ...stopped, time: '07:20' }, ...units('07:21', '07:30', '07:40')],
    ['07:00 07:30 assumed'],
  ],
  [
    'a counter that goes on counts units',
    [
      started,
      ...[
        ['06:59', 100],
        ['07:10', 100],
        ['07:30', 109],
        ['07:31', 109],
        ['07:40', 118],
      ].map(([time, total]) => ({ kind: 'counter', time: time as string, total })),
    ],
    ['07:00 07:30 assumed'],
  ],
  [
    'a counter that has begun again goes on from there',
    [
      started,
      ...[
        ['06:50', 900],
        ['07:30', 0],
        ['07:40', 10],
        ['07:50', 20],
        ['08:00', 30],
      ].map(([time, total]) => ({ kind: 'counter', time: time as string, total })),
    ],
    ['07:00 07:40 assumed'],
  ],
  ['a ramp-up makes units', [{ ...started, phase: 'startup' }, ...units('07:40', '07:50')], ['07:00 open']],
])('of an open stop: %s, in any order and twice', async (_, tape, expected) => {
  const line = await aNewLine();
  for (const event of tape) await send(line, event);
  expect(await shown(line)).toEqual(expected);
  for (const order of [tape.toReversed(), twiceShuffled(tape, 1), twiceShuffled(tape, 2)]) {
    const other = await aNewLine();
    for (const event of order) {
      await send(other, event);
      await downtimes.settled();
    }
    expect(await shown(other)).toEqual(expected);
  }
});

describe('stops of people', () => {
  const open = (line: Line, start_time = at('07:00')) =>
    downtimes.call(startDowntime, { line_id: line.id, start_time, reason_category: 'mechanical' });

  test('end by units, and a person’s end replaces that; it is announced as it happens', async () => {
    const line = await aNewLine();
    const { id } = await open(line);
    for (const event of units('07:40', '07:50')) await send(line, event);
    expect(await shown(line)).toEqual(['07:00 07:40 assumed']);
    const { rows } = await downtimes.rows.query<{ types: string[] }>(
      `select array_agg(payload::jsonb ->> 'type' order by id) as types from outbox where payload::jsonb ->> 'subject' = $1`,
      [id],
    );
    expect(rows[0]?.types ?? []).toContain(downtimeEnded.type);
    await downtimes.call(endDowntime, { id, end_time: at('07:45') });
    expect(await shown(line)).toEqual(['07:00 07:45']);
    for (const event of units('07:10', '07:20')) await send(line, event);
    expect(await shown(line)).toEqual(['07:00 07:45']);
  });

  test('recorded after the units, it ends at once; with another start it follows the units again', async () => {
    const line = await aNewLine();
    for (const event of units('07:40', '07:50', '08:10')) await send(line, event);
    await downtimes.settled();
    expect(await open(line)).toMatchObject({ status: 'ended', end_time: at('07:40'), is_end_assumed: true });
    const [row] = await rowsOf(line);
    const id = row?.id as string;
    expect(await downtimes.call(amendDowntime, { id, start_time: at('07:30') })).toMatchObject({
      end_time: at('07:40'),
    });
    await downtimes.call(amendDowntime, { id, end_time: at('07:42') });
    expect(await downtimes.call(amendDowntime, { id, start_time: at('07:31') })).toMatchObject({
      end_time: at('07:42'),
    });
  });

  test('of a line that is fed by hand stay open, as its setting says when they begin', async () => {
    const line = await aNewLine({ units_end_stops: false });
    await open(line);
    for (const event of units('07:40', '07:50')) await send(line, event);
    expect(await shown(line)).toEqual(['07:00 open']);
  });

  test('follow a changed setting of their line, and whether they are ramp-up, whenever that is said', async () => {
    const day = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    const on = (time: string) => `${day}T${time}:00.000Z`;
    const line = await aNewLine();
    const { id } = await open(line, on('07:00'));
    for (const time of ['07:40', '07:50']) await send(line, { kind: 'count', time: on(time), good: 1 });
    expect(await shown(line)).toEqual(['07:00 07:40 assumed']);
    let version = 1;
    const set = async (units_end_stops: boolean) => {
      const versions = line.versions.map((one) => ({ ...one, units_end_stops }));
      await downtimes.announce(lineUpdated, { ...line, versions, version: (version += 1) });
      return shown(line);
    };
    expect(await set(false)).toEqual(['07:00 open']);
    expect(await set(true)).toEqual(['07:00 07:40 assumed']);
    await downtimes.call(amendDowntime, { id, phase: 'startup' });
    expect(await shown(line)).toEqual(['07:00 open']);
    await downtimes.call(amendDowntime, { id, phase: 'production' });
    expect(await shown(line)).toEqual(['07:00 07:40 assumed']);
  });
});
