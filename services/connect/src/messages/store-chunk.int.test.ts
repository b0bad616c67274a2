import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Database } from '@plantops/persistence';
import { copyTemplate, testServers } from '@plantops/testing';
import { tables } from '../database.ts';
import { aMapping } from '../mappings/mapping-fixture.ts';
import type { Received } from './received.ts';
import { storeChunk } from './store-chunk.ts';

const CONNECTION = '01990000-0000-7000-8000-000000000060';
const NOW = '2026-03-02T12:00:00.000Z';
const LATER = '2026-03-02T12:00:10.000Z';

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const copy = await copyTemplate(testServers().databaseUrl, 'connect');
  drop = copy.drop;
  database = await Database.open({
    url: copy.url,
    ...tables,
    log: { warn: () => {}, info: () => {}, error: () => {} },
  });
});
afterAll(async () => {
  await database.close();
  await drop();
});

const untimed = {
  id: CONNECTION,
  tenant: 'akron',
  code: 'HALL-1',
  mappings: [aMapping({ fields: { good: { path: '$' } }, topic: 'line/+/pulse' })],
};
const pulse = (fields: Partial<Received> = {}): Received => ({
  topic: 'line/L1/pulse',
  payload: Buffer.from('1'),
  packetId: 7,
  isDuplicate: false,
  isRetained: false,
  at: NOW,
  ...fields,
});
const store = async (...messages: Received[]) =>
  (await storeChunk(database, untimed, messages, NOW)).events.map(
    ({ payload }) => JSON.parse(payload) as { id: string; at: string },
  );
const again = { isDuplicate: true, at: LATER };

test('a message without a time that the broker delivers again has the id and the time of its first arrival', async () => {
  const [first] = await store(pulse());
  const [second] = await store(pulse(again));
  expect(second).toEqual(first);
  expect(first).toMatchObject({ at: NOW });
});

test('two messages with the same content are two events, in one chunk or in two', async () => {
  const [first, second] = await store(pulse({ packetId: 8 }), pulse({ packetId: 9 }));
  const [third] = await store(pulse({ packetId: 8, at: LATER }));
  expect(new Set([first?.id, second?.id, third?.id]).size).toBe(3);
  expect(await store(pulse({ packetId: 8, ...again }))).toEqual([third]);
});

test('a duplicate of a message that never arrived is a message like any other', async () => {
  const [first] = await store(pulse({ packetId: 10, ...again, payload: Buffer.from('2') }));
  expect(first).toMatchObject({ at: LATER, good: 2 });
  expect(await store(pulse({ packetId: 10, isDuplicate: true, payload: Buffer.from('2') }))).toEqual([first]);
  const [other] = await store(pulse({ packetId: 10, ...again, payload: Buffer.from('3') }));
  expect(other?.id).not.toBe(first?.id);
});

test('of deliveries and of last messages the newest are kept, each up to its limit', async () => {
  const many = Array.from({ length: 1_300 }, (_, n) => pulse({ packetId: 1_000 + n, topic: `line/L${n % 300}/pulse` }));
  for (let from = 0; from < many.length; from += 200) await store(...many.slice(from, from + 200));
  const [counted] = await database.transact('akron', (tx) =>
    tx.query<{ deliveries: number; oldest: number; topics: number }>(
      `select (select count(*) from delivery) as deliveries, (select min(packet_id) from delivery) as oldest,
         (select count(*) from last_message) as topics`,
    ),
  );
  expect(counted).toEqual({ deliveries: 1_000, oldest: 1_300, topics: 200 });
  const [last] = await store(pulse({ packetId: 2_299, topic: many.at(-1)?.topic as string, ...again }));
  expect(last).toMatchObject({ at: NOW });
});
