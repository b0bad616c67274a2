import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/fixtures';
import type { Broker } from './broker.ts';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { FakeBroker } from './fake-broker.ts';
import { enqueue } from './outbox.ts';
import { startRelay } from './relay.ts';

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

function relay(on: Database, broker: Broker) {
  const stop = startRelay(on, broker);
  stops.push(stop);
  return stop;
}
/** A copy's connection to the broker, and the payloads that it sent. */
function connectionTo(broker: FakeBroker) {
  const sent: string[] = [];
  const publish: Broker['publish'] = (messages, number) => {
    sent.push(...messages.map(({ payload }) => payload));
    return broker.publish(messages, number);
  };
  const connection: Broker = {
    connection: 0,
    publish,
    streamState: () => broker.streamState(),
    lastOf: (stream, subject) => broker.lastOf(stream, subject),
    onReconnect: (listener) => broker.onReconnect(listener),
  };
  return { ...connection, sent };
}
const put = (payloads: readonly string[], tenant = 'akron') =>
  database.transact(tenant, (tx) =>
    enqueue(
      tx,
      payloads.map((payload) => ({ id: randomUUID(), subject: 'plantops.events.akron.x', payload })),
    ),
  );
/** Stores events of one row, in their order. */
const announceOf = (rowId: string, payloads: readonly string[], about = 'plantops.events.akron.batch.updated') =>
  database.transact('akron', (tx) =>
    enqueue(
      tx,
      payloads.map((payload) => ({ id: randomUUID(), subject: `${about}.${rowId}`, payload, rowId, entity: 'line' })),
    ),
  );
/** Stores one event for each payload, each of another row. */
const announceEach = (payloads: readonly string[]) =>
  database.transact('akron', (tx) =>
    enqueue(
      tx,
      payloads.map((payload) => ({
        id: randomUUID(),
        subject: 'plantops.events.akron.count.logged',
        payload,
        rowId: randomUUID(),
        entity: 'count',
      })),
    ),
  );
const pending = async () => (await fixture.owner.query('select from outbox where published_at is null')).rowCount;
const isPending = async () =>
  (await fixture.owner.query('select from outbox where published_at is null limit 1')).rowCount === 1;
const allSent = () => waitFor('the outbox to be sent', async () => !(await isPending()));
const [HISTORY, BACKLOG] = [20_000, 5_000];
/** The number of entries of the outbox's indexes that were read, by all sessions that ended. */
async function entriesRead(): Promise<number> {
  const { rows } = await fixture.owner.query<{ read: number }>(
    "select sum(idx_tup_read)::int as read from pg_stat_user_indexes where relname = 'outbox'",
  );
  return rows[0]?.read as number;
}
const numbered = (count: number) => Array.from({ length: count }, (_, n) => String(n));

describe('the relay', () => {
  test('publishes the committed events of every tenant in order, and stores their sequences', async () => {
    const broker = new FakeBroker();
    await put(['a', 'b']);
    await put(['c'], 'globex');
    relay(database, broker);
    await allSent();
    expect(broker.stored).toEqual(['a', 'b', 'c']);
    const { rows } = await fixture.owner.query('select payload, stream, stream_seq::int from outbox order by id');
    expect(rows).toEqual(
      [1, 2, 3].map((seq) => ({ payload: broker.stored[seq - 1], stream: 'EVENTS', stream_seq: seq })),
    );
  });

  test('reads pending events only, a few times each, however many published events the outbox has', async () => {
    // An analyze at this moment would keep dead entries from being removed, and each look would read them again.
    await fixture.owner.query('alter table outbox set (autovacuum_enabled = false)');
    const before = await entriesRead();
    const broker = new FakeBroker();
    const stop = relay(database, broker);
    // The broker is asked, not the outbox: that would read entries too.
    const untilStored = (count: number) => waitFor('the events to be stored', () => broker.stored.length === count);
    // First with few rows, as in a new installation: a plan that fits few rows must not stay.
    for (const early of numbered(6)) {
      await announceEach([early]);
      await untilStored(Number(early) + 1);
    }
    await fixture.owner.query(
      `insert into outbox (event_id, tenant_id, subject, payload, published_at)
       select gen_random_uuid(), 'akron', 'plantops.events.akron.x', 'old', now() from generate_series(1, ${HISTORY})`,
    );
    await announceEach(numbered(BACKLOG));
    await untilStored(6 + BACKLOG);
    // It stops after the current chunk. PostgreSQL publishes the statistics of a session when it ends.
    await stop();
    // Each is read when it is found and when it is marked, and a few times more for dead index entries.
    expect((await entriesRead()) - before).toBeLessThan(6 * BACKLOG);
  });

  test('a chunk of events that are all refused does not delay the events after it', async () => {
    const broker = new FakeBroker((payload) => payload !== 'wanted');
    await put([...numbered(500), 'wanted']);
    relay(database, broker);
    await waitFor('the event behind them to be published', async () => (await pending()) === 500);
    expect(broker.stored).toEqual(['wanted']);
  });

  test('tenants take turns: the backlog of one delays the events of another by one chunk at most', async () => {
    const broker = new FakeBroker();
    await put(numbered(BACKLOG));
    await put(['theirs'], 'globex');
    relay(database, broker);
    await allSent();
    expect(broker.stored).toHaveLength(BACKLOG + 1);
    expect(broker.stored.indexOf('theirs')).toBeLessThan(500);
    expect(broker.stored.filter((payload) => payload !== 'theirs')).toEqual(numbered(BACKLOG));
  });

  test('a chunk has at most 8 MiB, so that large events do not fill the memory', async () => {
    const broker = new FakeBroker();
    const sizes: number[] = [];
    const publish = broker.publish.bind(broker);
    broker.publish = (messages, connection) => {
      sizes.push(messages.reduce((sum, { payload }) => sum + payload.length, 0));
      return publish(messages, connection);
    };
    const large = 'x'.repeat(200 * 1024);
    await put(Array.from({ length: 100 }, () => large));
    relay(database, broker);
    await allSent();
    expect(broker.stored).toHaveLength(100);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(8 * 1024 * 1024);
  });

  test('an event of a transaction that was rolled back is never published', async () => {
    const broker = new FakeBroker();
    relay(database, broker);
    const failing = database.transact('akron', async (tx) => {
      await enqueue(tx, [{ id: randomUUID(), subject: 'plantops.events.akron.x', payload: 'undone' }]);
      throw new Error('undo');
    });
    await expect(failing).rejects.toThrow('undo');
    await put(['done']);
    await allSent();
    expect(broker.stored).toEqual(['done']);
  });

  test('an event that the broker did not store is published again; other events do not wait for it', async () => {
    const broker = new FakeBroker((payload, attempt) => payload === 'b' && attempt < 3);
    relay(database, broker);
    await put(['a', 'b', 'c']);
    await allSent();
    expect(broker.stored).toEqual(['a', 'c', 'b']);
    expect(broker.attempts.filter((payload) => payload === 'b')).toHaveLength(3);
    expect(broker.attempts.filter((payload) => payload === 'a')).toHaveLength(1);
  });

  test('events of one row are stored in the order of their commits, also when one fails; events of other rows do not wait', async () => {
    const [bottler, packer] = [randomUUID(), randomUUID()];
    const broker = new FakeBroker((payload, attempt) => payload === 'bottler 2' && attempt < 3);
    await announceOf(bottler, ['bottler 1', 'bottler 2', 'bottler 3']);
    await announceOf(packer, ['packer 1', 'packer 2']);
    relay(database, broker);
    await waitFor('the first failure', () => broker.attempts.includes('bottler 2'));
    await announceOf(bottler, ['bottler 4']);
    await announceOf(packer, ['packer 3']);
    await allSent();
    const storedOf = (row: string) => broker.stored.filter((payload) => payload.startsWith(row));
    expect(storedOf('bottler')).toEqual(['bottler 1', 'bottler 2', 'bottler 3', 'bottler 4']);
    expect(storedOf('packer')).toEqual(['packer 1', 'packer 2', 'packer 3']);
    expect(broker.stored.indexOf('packer 3')).toBeLessThan(broker.stored.indexOf('bottler 2'));
  });

  test('master data that is published again after a newer version does not replace the newer version', async () => {
    const broker = new FakeBroker();
    const row = randomUUID();
    await announceOf(row, ['older', 'newer'], 'plantops.master.akron.line');
    relay(database, broker);
    await allSent();
    await fixture.owner.query("update outbox set published_at = null, times_again = 1 where payload = 'older'");
    await allSent();
    expect(broker.stored).toEqual(['older', 'newer']);
  });

  test('master data that is published twice around a restart of the broker ends with the newest: an event that the broker drops as a duplicate gets a new id', async () => {
    const broker = new FakeBroker();
    await announceOf(randomUUID(), ['older', 'newer'], 'plantops.master.akron.line');
    relay(database, broker);
    await allSent();
    // As if the database was away when both should be marked as published, and the broker restarted before they were
    // published again.
    broker.restartCompacted();
    await fixture.owner.query('update outbox set published_at = null, stream = null, stream_seq = null');
    await allSent();
    await waitFor(
      'the newest to be the last',
      () => broker.stored.at(-1) === 'newer' && broker.stored.includes('older'),
    );
  });

  test('no event is lost when the broker throws', async () => {
    const broker = new FakeBroker();
    let calls = 0;
    const publish = broker.publish.bind(broker);
    broker.publish = async (messages, connection) => {
      if ((calls += 1) === 1) throw new Error('connection closed');
      return publish(messages, connection);
    };
    relay(database, broker);
    await put(['a']);
    await allSent();
    expect(broker.stored).toEqual(['a']);
  });

  test('an event of a transaction that commits late is published', async () => {
    const broker = new FakeBroker();
    relay(database, broker);
    await database.transact('akron', async (slow) => {
      await enqueue(slow, [{ id: randomUUID(), subject: 'plantops.events.akron.x', payload: 'slow' }]);
      await put(['quick']);
      await waitFor('the event of the quick transaction to be published', () => broker.stored.includes('quick'));
    });
    await allSent();
    expect(broker.stored).toEqual(['quick', 'slow']);
  });

  test('one of two copies leads and publishes each event once; when it stops, the other takes over', async () => {
    const other = await fixture.open();
    const broker = new FakeBroker();
    const [first, second] = [connectionTo(broker), connectionTo(broker)];
    const stopFirst = relay(database, first);
    await put(['lead']);
    await allSent();
    relay(other, second);
    await put(numbered(1200));
    await allSent();
    expect([first.sent, second.sent]).toEqual([['lead', ...numbered(1200)], []]);
    await stopFirst();
    await put(['after']);
    await allSent();
    expect(second.sent).toEqual(['after']);
  });
});
