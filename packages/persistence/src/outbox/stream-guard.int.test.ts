import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/fixtures';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { FakeBroker } from './fake-broker.ts';
import { enqueue } from './outbox.ts';
import { startRelay } from './relay.ts';

let fixture: TestDatabase;
let database: Database;
let broker: FakeBroker;
let stop: () => Promise<void>;
beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
afterEach(async () => {
  await stop();
  await fixture.owner.query('delete from outbox');
});
afterAll(() => fixture.drop());

const relay = (options?: { lookEveryMs: number }) => {
  broker ??= new FakeBroker();
  stop = startRelay(database, broker, options);
};
const sent = async () => (await fixture.owner.query('select from outbox where published_at is null')).rowCount === 0;
/** Announces one after the other, each of the subject before the colon, and waits until the broker has acknowledged them. */
const announce = async (...payloads: readonly string[]) => {
  for (const payload of payloads)
    await database.transact('akron', (tx) =>
      enqueue(tx, [{ id: randomUUID(), subject: `plantops.events.akron.${payload.split(':')[0]}`, payload }]),
    );
  await waitFor('it to be sent', sent);
};
const fresh = async (options?: { lookEveryMs: number }) => {
  broker = new FakeBroker();
  relay(options);
  await announce('a:1', 'b:2', 'a:3', 'b:4', 'a:5');
};
const again = (count: number) => waitFor(`${count} messages`, () => broker.attempts.length === 5 + count && sent());

test('what a broker acknowledged and lost goes out again when the connection is back, and nothing else', async () => {
  await fresh();
  broker.lose(2);
  broker.reconnect();
  await again(2);
  expect(broker.stored).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5']);
});

test('a loss is found also where others have filled up the stream meanwhile', async () => {
  await fresh();
  broker.lose(3);
  for (const payload of ['1', '2', '3', '4', '5']) broker.store({ id: payload, subject: 'plantops.events.akron.other', payload });
  broker.reconnect();
  await again(3);
  expect(broker.stored.slice(-3)).toEqual(['a:3', 'b:4', 'a:5']);
});

test('a loss is found without a reconnection, and when a service starts', async () => {
  await fresh({ lookEveryMs: 20 });
  broker.lose(1);
  await again(1);
  await stop();
  broker.lose(1);
  relay();
  await again(2);
  expect(broker.stored).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5']);
});

test('a stream that was made anew gets everything that is kept, in order', async () => {
  await fresh();
  broker.loseStream();
  broker.reconnect();
  await again(5);
  expect(broker.stored).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5']);
});

test('nothing is published before the broker could be asked what it holds', async () => {
  await fresh();
  broker.lose(2);
  broker.isAway = true;
  await stop();
  relay();
  await database.transact('akron', (tx) => enqueue(tx, [{ id: randomUUID(), subject: 'plantops.events.akron.b', payload: 'b:6' }]));
  const { looks } = broker;
  await waitFor('a look in vain', () => broker.looks > looks);
  broker.isAway = false;
  await again(3);
  expect(broker.stored).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5', 'b:6']);
});

test('what the stream has dropped by its limits does not go out again', async () => {
  await fresh({ lookEveryMs: 20 });
  broker.messages = [{ id: 'x', seq: 99, subject: 'plantops.events.akron.other', payload: 'x' }];
  const { looks } = broker;
  await waitFor('two looks', () => broker.looks > looks + 1);
  await announce('a:6');
  expect(broker.attempts).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5', 'a:6']);
});

test('a loss between two announcements of a batch is noticed, also when others have filled the place of what was lost', async () => {
  broker = new FakeBroker();
  const publish = broker.publish.bind(broker);
  let isLost = false;
  broker.publish = async (messages, connection) => {
    const stored = await publish(messages, connection);
    if (isLost) return stored;
    isLost = true;
    broker.lose(1);
    for (const payload of ['other 1', 'other 2']) broker.store({ id: randomUUID(), subject: 'plantops.events.akron.y', payload });
    broker.reconnect();
    return stored;
  };
  const [rowId, subject] = [randomUUID(), 'plantops.events.akron.batch.updated'];
  const told = ['first', 'second'].map((payload) => ({ id: randomUUID(), subject, payload, rowId, entity: 'batch' }));
  await database.transact('akron', (tx) => enqueue(tx, told));
  relay();
  await waitFor('it to be sent', sent);
  await waitFor('both to be there', () => ['first', 'second'].every((payload) => broker.stored.includes(payload)));
});
