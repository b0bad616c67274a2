import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  batchAmended,
  batchCompleted,
  batchPaused,
  batchStarted,
  lineCreated,
  listDowntimes,
} from '@plantops/contracts';
import { aBatch, aLine, at, rowId, ServiceHarness, twiceShuffled } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let downtimes: ServiceHarness;
let lines = 0;
beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
});
afterAll(() => downtimes.close());

const runs = (...times: [string, string | null][]) =>
  times.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) }));

/** A line that is idle from 08:00 to 12:00, and the parts of that as the service shows them. */
const idleLine = async () => {
  const line = aLine({ id: rowId(1000 + (lines += 1)), code: `L${lines}` });
  await downtimes.announce(lineCreated, line);
  for (const [time, state] of [
    ['07:00', 'running'],
    ['08:00', 'idle'],
    ['12:00', 'running'],
  ] as const)
    await downtimes.publish(line.code, 'state', { id: `${line.code}/${time}`, at: at(time), state });
  const batch = aBatch({ id: rowId(2000 + lines), line_id: line.id, started_at: at('07:00') });
  const shown = async () => {
    await downtimes.settled();
    const { items } = await downtimes.call(listDowntimes, { line_id: line.id, sort: 'start_time', limit: 500 });
    return items
      .filter(({ voided_at }) => voided_at === null)
      .map(
        (stop) =>
          [stop.start_time, stop.end_time ?? ''].map((time) => time.slice(11, 16)).join('-') +
          ` ${stop.reason_category}`,
      );
  };
  return { batch, shown };
};

const inPause = ['08:00-09:00 unknown', '09:00-10:00 no_demand', '10:00-12:00 unknown'];

test.each([1, 2, 3])(
  'idle while a batch is paused is missing demand, while it runs an unexplained stop; in any order (%d)',
  async (seed) => {
    const { batch, shown } = await idleLine();
    const running = { ...batch, runs: runs(['07:00', null]) };
    const paused = { ...batch, version: 2, status: 'paused' as const, runs: runs(['07:00', '09:00']) };
    const resumed = { ...batch, version: 3, runs: runs(['07:00', '09:00'], ['10:00', null]) };
    const said = [
      () => downtimes.announce(batchStarted, running),
      () => downtimes.announce(batchPaused, paused),
      () => downtimes.announce(batchAmended, resumed),
    ];
    for (const announce of twiceShuffled(said, seed)) await announce();
    expect(await shown()).toEqual(inPause);
  },
);

test('a batch without runs, as the version before announces it, runs from its start to its end', async () => {
  const { batch, shown } = await idleLine();
  const { runs: _runs, interrupted: _interrupted, cut_at: _cut, ...before } = batch;
  await downtimes.announce(batchStarted, before as typeof batch);
  expect(await shown()).toEqual(['08:00-12:00 unknown']);
  const ended = { ...before, version: 2, status: 'completed' as const, completed_at: at('09:00') };
  await downtimes.announce(batchCompleted, ended as typeof batch);
  expect(await shown()).toEqual(['08:00-09:00 unknown', '09:00-12:00 no_demand']);
});

test('a batch that ended where it was cut runs no longer', async () => {
  const { batch, shown } = await idleLine();
  await downtimes.announce(batchStarted, { ...batch, cut_at: at('09:00'), runs: runs(['07:00', '09:00']) });
  expect(await shown()).toEqual(['08:00-09:00 unknown', '09:00-12:00 no_demand']);
});
