import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import {
  acknowledgeDowntime,
  amendDowntime,
  endDowntime,
  getDowntime,
  lineCreated,
  listDowntimes,
  startDowntime,
  voidDowntime,
  type DowntimeRow,
} from '@plantops/contracts';
import { aLine, at, ServiceHarness } from '@plantops/testing';
import { costOf } from '@plantops/testing/trips';
import { readConfig } from './config.ts';
import { start } from './service.ts';

const line = aLine();
let downtimes: ServiceHarness;
let stop: DowntimeRow;
let minute = 0;

beforeAll(async () => {
  downtimes = await ServiceHarness.start('downtimes', start, readConfig);
  await downtimes.announce(lineCreated, line);
  await downtimes.settled();
});
afterAll(() => downtimes.close());
beforeEach(async () => {
  stop = await downtimes.call(startDowntime, { line_id: line.id, start_time: next(), reason_category: 'other' });
});
afterEach(async () => {
  await downtimes.call(endDowntime, { id: stop.id, end_time: next() }).catch(() => undefined);
});

const next = () => at(`08:${String((minute += 1)).padStart(2, '0')}`);

test('starting a stop takes three trips: it reads under the lock, inserts, and commits with the event; in the past one more', async () => {
  await downtimes.call(voidDowntime, { id: stop.id, reason: 'another one' });
  const started = async (start_time?: string) => {
    const cost = await costOf(async () => {
      stop = await downtimes.call(startDowntime, { line_id: line.id, start_time, reason_category: 'other' });
    });
    await downtimes.call(voidDowntime, { id: stop.id, reason: 'another one' });
    return cost;
  };
  expect(await started()).toMatchObject({ statements: 6, trips: 3 });
  // One that began before: units may prove that the line has run since.
  expect(await started(next())).toMatchObject({ statements: 7, trips: 4 });
});

test('ending and amending a stop takes four trips: it locks, reads, writes, and commits with the event', async () => {
  const { id } = stop;
  expect(await costOf(() => downtimes.call(endDowntime, { id, end_time: next() }))).toMatchObject({
    statements: 7,
    trips: 4,
  });
  const amended = { id, start_time: stop.start_time };
  expect(await costOf(() => downtimes.call(amendDowntime, amended))).toMatchObject({ statements: 7, trips: 4 });
});

test('acknowledging a stop takes three trips, voiding it one more: its line may have been silent', async () => {
  const { id } = stop;
  expect(await costOf(() => downtimes.call(acknowledgeDowntime, { id }))).toMatchObject({ statements: 4, trips: 3 });
  expect(await costOf(() => downtimes.call(voidDowntime, { id, reason: 'wrong line' }))).toMatchObject({
    statements: 6,
    trips: 4,
  });
});

test('reading a stop is one statement without a transaction; a page with its total is one in a transaction', async () => {
  const list = { line_id: line.id, limit: 10, sort: '-start_time' as const };
  await downtimes.call(getDowntime, { id: stop.id });
  await downtimes.call(listDowntimes, list);
  expect(await costOf(() => downtimes.call(getDowntime, { id: stop.id }))).toMatchObject({ statements: 1, trips: 1 });
  expect(await costOf(() => downtimes.call(listDowntimes, list))).toMatchObject({ statements: 2, trips: 2 });
});
