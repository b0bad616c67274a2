import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/testing';
import { TestDatabase } from './database-fixture.ts';
import type { Database } from './database.ts';
import { enqueue } from './outbox.ts';
import { startRelay, type Publish } from './relay.ts';

let fixture: TestDatabase;
let database: Database;
const stops: (() => Promise<void>)[] = [];
beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  await fixture.owner.query('delete from outbox');
});
afterAll(() => fixture.drop());

/** A broker that notes what it is given; `refuse` says which messages it does not store. */
const broker = (refuse: (payload: string, attempt: number) => boolean = () => false) => {
  const stored: string[] = [];
  const attempts: string[] = [];
  const publish: Publish = async (messages) =>
    messages.map(({ id, payload }) => {
      attempts.push(payload);
      if (refuse(payload, attempts.filter((one) => one === payload).length)) return { id, error: new Error('no answer') };
      stored.push(payload);
      return { id, stream: 'EVENTS', seq: stored.length };
    });
  return { stored, attempts, publish };
};
const relay = (on: Database, publish: Publish) => {
  const stop = startRelay(on, publish);
  stops.push(stop);
  return stop;
};
const put = (payloads: readonly string[], tenant = 'akron') =>
  database.transact(tenant, (tx) =>
    enqueue(
      tx,
      payloads.map((payload) => ({ id: randomUUID(), subject: 'plantops.events.akron.x', payload })),
    ),
  );
const pending = async () => (await fixture.owner.query('select from outbox where published_at is null')).rowCount;
const allSent = () => waitFor('the outbox to be sent', async () => (await pending()) === 0);
const numbered = (count: number) => Array.from({ length: count }, (_, n) => String(n));

describe('the relay', () => {
  test('publishes what was committed, in order and of every tenant, and notes where it is stored', async () => {
    const { stored, publish } = broker();
    await put(['a', 'b']);
    await put(['c'], 'globex');
    relay(database, publish);
    await allSent();
    expect(stored).toEqual(['a', 'b', 'c']);
    const { rows } = await fixture.owner.query('select payload, stream, stream_seq::int from outbox order by id');
    expect(rows).toEqual([1, 2, 3].map((seq) => ({ payload: stored[seq - 1], stream: 'EVENTS', stream_seq: seq })));
  });

  test('a batch full of what is refused does not hold up what comes after it', async () => {
    const { stored, publish } = broker((payload) => payload !== 'wanted');
    await put([...numbered(500), 'wanted']);
    relay(database, publish);
    await waitFor('the one behind them', async () => (await pending()) === 500);
    expect(stored).toEqual(['wanted']);
  });

  test('what was rolled back is never published', async () => {
    const { stored, publish } = broker();
    relay(database, publish);
    const failing = database.transact('akron', async (tx) => {
      await enqueue(tx, [{ id: randomUUID(), subject: 'plantops.events.akron.x', payload: 'undone' }]);
      throw new Error('undo');
    });
    await expect(failing).rejects.toThrow('undo');
    await put(['done']);
    await allSent();
    expect(stored).toEqual(['done']);
  });

  test('what the broker did not store stays pending and goes out again; the rest is not held up', async () => {
    const { stored, attempts, publish } = broker((payload, attempt) => payload === 'b' && attempt < 3);
    relay(database, publish);
    await put(['a', 'b', 'c']);
    await allSent();
    expect(stored).toEqual(['a', 'c', 'b']);
    expect(attempts.filter((payload) => payload === 'b')).toHaveLength(3);
    expect(attempts.filter((payload) => payload === 'a')).toHaveLength(1);
  });

  test('a broker that throws loses nothing either', async () => {
    const { stored, publish } = broker();
    let calls = 0;
    relay(database, async (messages) => {
      if ((calls += 1) === 1) throw new Error('connection closed');
      return publish(messages);
    });
    await put(['a']);
    await allSent();
    expect(stored).toEqual(['a']);
  });

  test('a transaction that commits late is not passed by', async () => {
    const { stored, publish } = broker();
    relay(database, publish);
    await database.transact('akron', async (slow) => {
      await enqueue(slow, [{ id: randomUUID(), subject: 'plantops.events.akron.x', payload: 'slow' }]);
      await put(['quick']);
      await waitFor('the quick one to be sent', () => stored.includes('quick'));
    });
    await allSent();
    expect(stored).toEqual(['quick', 'slow']);
  });

  test('of two copies one leads: each announcement goes out once; when it stops the other takes over', async () => {
    const other = await fixture.open();
    const [first, second] = [broker(), broker()];
    const stopFirst = relay(database, first.publish);
    await put(['lead']);
    await allSent();
    relay(other, second.publish);
    await put(numbered(1200));
    await allSent();
    expect([first.stored, second.stored]).toEqual([['lead', ...numbered(1200)], []]);
    await stopFirst();
    await put(['after']);
    await allSent();
    expect(second.stored).toEqual(['after']);
  });
});
