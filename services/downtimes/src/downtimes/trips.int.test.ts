import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
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
import { Database, Tx } from '@plantops/persistence';
import { aLine, at, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

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
  jest.restoreAllMocks();
  await downtimes.call(endDowntime, { id: stop.id, end_time: next() }).catch(() => undefined);
});

const next = () => at(`08:${String((minute += 1)).padStart(2, '0')}`);

/** The statements of the tenant's transactions, and the trips to the database that they take, begin and commit included. */
async function costOf(work: () => Promise<unknown>): Promise<{ statements: number; trips: number }> {
  let [statements, trips] = [0, 0];
  const waiting = new WeakMap<Tx, number>();
  const sent = (tx: Tx, ...answers: Promise<unknown>[]) => {
    if (tx.tenant === '*') return;
    statements += 1;
    if ((waiting.get(tx) ?? 0) === 0) trips += 1;
    waiting.set(tx, (waiting.get(tx) ?? 0) + 1);
    for (const answer of answers)
      void answer.catch(() => undefined).finally(() => waiting.set(tx, (waiting.get(tx) ?? 1) - 1));
  };
  for (const name of ['query', 'search', 'commit'] as const) {
    const real = Tx.prototype[name] as (...args: unknown[]) => Promise<unknown>;
    jest.spyOn(Tx.prototype, name).mockImplementation(function (this: Tx, ...args: unknown[]) {
      const answer = real.apply(this, args);
      sent(this, answer);
      return answer as Promise<never>;
    });
  }
  const send = Tx.prototype.send;
  jest.spyOn(Tx.prototype, 'send').mockImplementation(function (this: Tx, text) {
    sent(this);
    return send.call(this, text);
  });
  const readRow = Database.prototype.readRow as (...args: unknown[]) => Promise<unknown>;
  jest.spyOn(Database.prototype, 'readRow').mockImplementation(function (this: Database, ...args: unknown[]) {
    [statements, trips] = [statements + 1, trips + 1];
    return readRow.apply(this, args) as Promise<never>;
  });
  await work();
  return { statements, trips };
}

test('starting a stop takes three trips: it reads under the lock, inserts, and commits with the event', async () => {
  await downtimes.call(endDowntime, { id: stop.id, end_time: next() });
  const cost = await costOf(async () => {
    stop = await downtimes.call(startDowntime, { line_id: line.id, start_time: next(), reason_category: 'other' });
  });
  expect(cost).toEqual({ statements: 6, trips: 3 });
});

test('ending and amending a stop takes four trips: it locks, reads, writes, and commits with the event', async () => {
  const { id } = stop;
  expect(await costOf(() => downtimes.call(endDowntime, { id, end_time: next() }))).toEqual({
    statements: 7,
    trips: 4,
  });
  jest.restoreAllMocks();
  const amended = { id, start_time: stop.start_time };
  expect(await costOf(() => downtimes.call(amendDowntime, amended))).toEqual({ statements: 7, trips: 4 });
});

test('acknowledging and voiding a stop takes three trips', async () => {
  const { id } = stop;
  expect(await costOf(() => downtimes.call(acknowledgeDowntime, { id }))).toEqual({ statements: 4, trips: 3 });
  jest.restoreAllMocks();
  expect(await costOf(() => downtimes.call(voidDowntime, { id, reason: 'wrong line' }))).toEqual({
    statements: 4,
    trips: 3,
  });
});

test('reading a stop is one statement without a transaction; a page with its total is one in a transaction', async () => {
  const list = { line_id: line.id, limit: 10, sort: '-start_time' as const };
  await downtimes.call(getDowntime, { id: stop.id });
  await downtimes.call(listDowntimes, list);
  expect(await costOf(() => downtimes.call(getDowntime, { id: stop.id }))).toEqual({ statements: 1, trips: 1 });
  jest.restoreAllMocks();
  expect(await costOf(() => downtimes.call(listDowntimes, list))).toEqual({ statements: 2, trips: 2 });
});
