import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { CloudEvent } from '@plantops/contracts';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { applyEvents } from './inbox.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
afterAll(() => fixture.drop());

const event = (type: string, tenantid = 'akron'): string =>
  JSON.stringify({
    specversion: '1.0',
    id: randomUUID(),
    source: '/test',
    type,
    subject: 'x',
    time: '2026-03-02T08:00:00.000Z',
    datacontenttype: 'application/json',
    tenantid,
    actor: 'test',
    data: {},
  } satisfies CloudEvent);
/** Applies the payloads. Returns the events that the handler got. */
async function applied(payloads: readonly string[], wanted = (_type: string) => true) {
  const seen: string[] = [];
  await applyEvents(
    database,
    payloads,
    wanted,
    async (tx, events) => void seen.push(...events.map(({ type }) => `${tx.tenant} ${type}`)),
  );
  return seen;
}

test('an event that is twice in a chunk and again in later chunks is applied once', async () => {
  const [a, b] = [event('a'), event('b')];
  expect(await applied([a, a, b, a])).toEqual(['akron a', 'akron b']);
  expect(await applied([b, event('c'), a])).toEqual(['akron c']);
});

test('each tenant’s events are applied in a separate transaction, in the order of the stream', async () => {
  expect(await applied([event('1'), event('2', 'globex'), event('3')])).toEqual(['akron 1', 'akron 3', 'globex 2']);
});

test('an event that the service does not consume is not in the inbox, so that a later version can consume it', async () => {
  const payload = event('later');
  expect(await applied([payload], (type) => type !== 'later')).toEqual([]);
  expect(await applied([payload])).toEqual(['akron later']);
});

test('an event that failed is applied when it is delivered again', async () => {
  const payload = event('fails');
  const failing = applyEvents(
    database,
    [payload],
    () => true,
    async () => Promise.reject(new Error('no')),
  );
  await expect(failing).rejects.toThrow('no');
  expect(await applied([payload])).toEqual(['akron fails']);
});

test('two copies that get one event at the same time apply it once', async () => {
  const payloads = Array.from({ length: 40 }, (_, n) => event(String(n)));
  const other = await fixture.open();
  const counts = new Map<string, number>();
  const apply = (on: Database, chunk: readonly string[]) =>
    applyEvents(
      on,
      chunk,
      () => true,
      async (_tx, events) => events.forEach(({ id }) => counts.set(id, (counts.get(id) ?? 0) + 1)),
    );
  await Promise.all([apply(database, payloads), apply(other, payloads.toReversed()), apply(other, payloads)]);
  expect(counts.size).toBe(40);
  expect([...counts.values()].every((count) => count === 1)).toBe(true);
});
