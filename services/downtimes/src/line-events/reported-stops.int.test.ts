import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { batchStarted, lineCreated, rejectionsOf, listDowntimes, startDowntime } from '@plantops/contracts';
import { aBatch, aLine, at, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let downtimes: ServiceHarness;
let lines = 0;

beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
});
afterAll(() => downtimes.close());

const unannounced = () => aLine({ id: rowId(1000 + (lines += 1)), code: `L${lines}` });
const aNewLine = async () => {
  const line = unannounced();
  await downtimes.announce(lineCreated, line);
  return line;
};
type Line = ReturnType<typeof unannounced>;
type Event = { kind: 'downtime.started' | 'downtime.ended'; name: string; [field: string]: unknown };
const report = (line: Line, { kind, name, ...body }: Event) =>
  downtimes.publish(line.code, kind, { id: `${line.code}/${name}`, ...body });
const rowsOf = async (line: Line) => {
  await downtimes.settled();
  return (await downtimes.call(listDowntimes, { line_id: line.id, sort: 'start_time' })).items;
};
/** The content of a stop, without what differs between two arrivals. */
const contentOf = async (line: Line) =>
  (await rowsOf(line)).map(
    ({
      id: _id,
      line_id: _line,
      batch_id: _batch,
      version: _v,
      created_at: _c,
      updated_at: _u,
      created_by: _by,
      updated_by: _uby,
      external_id: _ref,
      ...stop
    }) => stop,
  );
const rejected = async (line: Line) => {
  await downtimes.settled();
  const { items } = await downtimes.call(rejectionsOf('downtimes'), { limit: 500 });
  return items.filter(({ line_code }) => line_code === line.code);
};

describe('stops that line systems report', () => {
  const started: Event = {
    kind: 'downtime.started',
    name: 's',
    downtime_ref: 'D1',
    at: at('08:00'),
    reason_code: 'E-17',
    description: 'belt',
    batch_number: 'B1',
  };
  const ended: Event = {
    kind: 'downtime.ended',
    name: 'e',
    downtime_ref: 'D1',
    end_time: at('08:20'),
    reason_category: 'mechanical',
    resolution: 'replaced',
    resolved_by: 'Ada',
  };
  const whole = { start_time: at('08:00') };
  const startup: Event = { ...started, phase: 'startup', is_planned: true, reason_category: 'cleaning' };

  test.each([
    ['an end that refers to its start', [started, ended]],
    ['an end complete in itself', [started, { ...ended, ...whole }]],
    [
      'a start that alone tells the phase and that it was planned',
      [startup, { ...ended, ...whole, reason_category: undefined }],
    ],
    [
      'an end that corrects what its start reported',
      [startup, { ...ended, ...whole, phase: 'production', is_planned: false, description: 'chain' }],
    ],
    [
      'an end that alone names the batch',
      [
        { ...started, batch_number: undefined },
        { ...ended, ...whole, batch_number: 'B2' },
      ],
    ],
    ['an end that knows less than its start', [started, { ...ended, ...whole, reason_category: 'unknown' }]],
    [
      'two senders',
      [
        { ...started, source: 'plc' },
        { ...ended, ...whole, source: 'mes' },
      ],
    ],
  ])('%s: in any order and twice, the same stop', async (_what, tape) => {
    const inOrder = await aNewLine();
    for (const event of tape) await report(inOrder, event);
    const expected = await contentOf(inOrder);
    expect(expected).toMatchObject([
      {
        start_time: at('08:00'),
        end_time: at('08:20'),
        status: 'ended',
        duration_minutes: 20,
        resolution: 'replaced',
        source: 'event',
      },
    ]);
    for (const order of [
      [1, 0, 1, 0],
      [1, 1, 0, 0],
      [0, 1, 1, 0],
    ]) {
      const line = await aNewLine();
      for (const index of order) {
        await report(line, tape[index] as Event);
        await downtimes.settled();
      }
      expect(await contentOf(line)).toEqual(expected);
      expect(await rejected(line)).toEqual([]);
    }
  });

  test('an end waits for its start, and both for their line', async () => {
    const line = unannounced();
    await report(line, ended);
    await report(line, started);
    expect(await rowsOf(line)).toEqual([]);
    await downtimes.announce(lineCreated, line);
    expect(await contentOf(line)).toMatchObject([
      { status: 'ended', duration_minutes: 20, description: 'belt', resolution: 'replaced' },
    ]);
  });

  test('a stop finds its batch when that starts', async () => {
    const line = await aNewLine();
    await report(line, started);
    await downtimes.settled();
    await downtimes.announce(batchStarted, aBatch({ id: rowId(2000 + lines), line_id: line.id, batch_number: 'B1' }));
    expect(await rowsOf(line)).toMatchObject([{ batch_number: 'B1', batch_id: rowId(2000 + lines) }]);
  });

  test('an end before its start is rejected with the reason; corrected, it is applied', async () => {
    const line = await aNewLine();
    await report(line, started);
    await report(line, { ...ended, end_time: at('07:59') });
    expect(await rejected(line)).toMatchObject([
      { event_id: `${line.code}/e`, reason: expect.stringMatching(/^end_time: must be after start_time/) },
    ]);
    expect(await rowsOf(line)).toMatchObject([{ status: 'open', version: 1 }]);
    await report(line, ended);
    expect(await rowsOf(line)).toMatchObject([{ status: 'ended', version: 2 }]);
  });

  test.each([
    ['start', started, { ...started, name: 'again', at: at('09:00') }],
    ['end', { ...ended, ...whole }, { ...ended, ...whole, name: 'again', end_time: at('09:00') }],
  ])('a second %s under one reference is rejected, and the first stays', async (_what, first, second) => {
    const line = await aNewLine();
    await report(line, first);
    await downtimes.settled();
    const before = await rowsOf(line);
    await report(line, second);
    expect(await rejected(line)).toMatchObject([{ event_id: `${line.code}/again` }]);
    expect(await rowsOf(line)).toEqual(before);
  });

  test('a second start is rejected after the stop has ended, too', async () => {
    const line = await aNewLine();
    for (const event of [started, ended, { ...started, name: 'again', description: 'x' }]) {
      await report(line, event);
      await downtimes.settled();
    }
    expect(await rejected(line)).toMatchObject([{ event_id: `${line.code}/again` }]);
  });

  test('overlaps that lines report are kept; overlaps that people enter are refused', async () => {
    const line = await aNewLine();
    await report(line, { ...ended, ...whole });
    await report(line, { ...ended, name: 'o', downtime_ref: 'D2', start_time: at('08:10'), end_time: at('08:30') });
    expect(await rowsOf(line)).toHaveLength(2);
    await expect(downtimes.call(startDowntime, { line_id: line.id, start_time: at('08:15') })).rejects.toMatchObject({
      code: 'overlap',
    });
  });

  test('a stop without a reference is complete in itself', async () => {
    const line = await aNewLine();
    const body = { ...ended, ...whole, downtime_ref: undefined };
    await report(line, body);
    await report(line, body);
    expect(await contentOf(line)).toMatchObject([{ status: 'ended', reason_category: 'mechanical' }]);
  });
});
