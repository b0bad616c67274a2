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

function relay(options?: { lookEveryMs: number }) {
  broker ??= new FakeBroker();
  stop = startRelay(database, broker, options);
}
const sent = async () => (await fixture.owner.query('select from outbox where published_at is null')).rowCount === 0;
/**
 * Stores one event after the other, with the subject before the colon, and waits until the broker has acknowledged all.
 */
async function announce(...payloads: readonly string[]) {
  for (const payload of payloads)
    await database.transact('akron', (tx) =>
      enqueue(tx, [{ id: randomUUID(), subject: `plantops.events.akron.${payload.split(':')[0]}`, payload }]),
    );
  await waitFor('the outbox to be sent', sent);
}
async function fresh(options?: { lookEveryMs: number }) {
  broker = new FakeBroker();
  relay(options);
  await announce('a:1', 'b:2', 'a:3', 'b:4', 'a:5');
}
const again = (count: number) => waitFor(`${count} messages`, () => broker.attempts.length === 5 + count && sent());

test('after a reconnect, the events that the broker acknowledged and lost are published again, and no others', async () => {
  await fresh();
  broker.lose(2);
  broker.reconnect();
  await again(2);
  expect(broker.stored).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5']);
});

test('a loss is found also when other publishers filled the stream meanwhile', async () => {
  await fresh();
  broker.lose(3);
  for (const payload of ['1', '2', '3', '4', '5'])
    broker.store({ id: payload, subject: 'plantops.events.akron.other', payload });
  broker.reconnect();
  await again(3);
  expect(broker.stored.slice(-3)).toEqual(['a:3', 'b:4', 'a:5']);
});

test('a loss is found without a reconnect too, and when a service starts', async () => {
  await fresh({ lookEveryMs: 20 });
  broker.lose(1);
  await again(1);
  await stop();
  broker.lose(1);
  relay();
  await again(2);
  expect(broker.stored).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5']);
});

test('a stream that was created again gets all events of the outbox, in order', async () => {
  await fresh();
  broker.loseStream();
  broker.reconnect();
  await again(5);
  expect(broker.stored).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5']);
});

test('nothing is published before the broker has answered what it holds', async () => {
  await fresh();
  broker.lose(2);
  broker.isAway = true;
  await stop();
  relay();
  await database.transact('akron', (tx) =>
    enqueue(tx, [{ id: randomUUID(), subject: 'plantops.events.akron.b', payload: 'b:6' }]),
  );
  const { looks } = broker;
  await waitFor('a check that fails', () => broker.looks > looks);
  broker.isAway = false;
  await again(3);
  expect(broker.stored).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5', 'b:6']);
});

test('events that the stream dropped by its limits are not published again', async () => {
  await fresh({ lookEveryMs: 20 });
  broker.messages = [{ id: 'x', seq: 99, subject: 'plantops.events.akron.other', payload: 'x' }];
  const { looks } = broker;
  await waitFor('two checks', () => broker.looks > looks + 1);
  await announce('a:6');
  expect(broker.attempts).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5', 'a:6']);
});

test('events that the stream drops by its limits while it is looked at are not published again', async () => {
  await fresh({ lookEveryMs: 20 });
  const lastOf = broker.lastOf.bind(broker);
  broker.lastOf = (...asked) => {
    broker.messages = [{ id: 'x', seq: 99, subject: 'plantops.events.akron.other', payload: 'x' }];
    return lastOf(...asked);
  };
  const { looks } = broker;
  await waitFor('two checks', () => broker.looks > looks + 2);
  await announce('a:6');
  expect(broker.attempts).toEqual(['a:1', 'b:2', 'a:3', 'b:4', 'a:5', 'a:6']);
});

test('a loss between two events of a row is found, also when other messages have the lost sequence now', async () => {
  broker = new FakeBroker();
  const publish = broker.publish.bind(broker);
  let isLost = false;
  broker.publish = async (messages, connection) => {
    const stored = await publish(messages, connection);
    if (isLost) return stored;
    isLost = true;
    broker.lose(1);
    for (const payload of ['other 1', 'other 2'])
      broker.store({ id: randomUUID(), subject: 'plantops.events.akron.y', payload });
    broker.reconnect();
    return stored;
  };
  const [rowId, subject] = [randomUUID(), 'plantops.events.akron.batch.updated'];
  const events = ['first', 'second'].map((payload) => ({ id: randomUUID(), subject, payload, rowId, entity: 'batch' }));
  await database.transact('akron', (tx) => enqueue(tx, events));
  relay();
  await waitFor('the outbox to be sent', sent);
  await waitFor('both events to be stored', () =>
    ['first', 'second'].every((payload) => broker.stored.includes(payload)),
  );
});
