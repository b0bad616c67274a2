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

const relay = (on: Database, broker: Broker) => {
  const stop = startRelay(on, broker);
  stops.push(stop);
  return stop;
};
/** One copy's connection, and what it sent over it. */
const connectionTo = (broker: FakeBroker) => {
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
};
const put = (payloads: readonly string[], tenant = 'akron') =>
  database.transact(tenant, (tx) =>
    enqueue(
      tx,
      payloads.map((payload) => ({ id: randomUUID(), subject: 'plantops.events.akron.x', payload })),
    ),
  );
/** Announcements of a row, one after the other. */
const tell = (rowId: string, payloads: readonly string[], about = 'plantops.events.akron.batch.updated') =>
  database.transact('akron', (tx) =>
    enqueue(
      tx,
      payloads.map((payload) => ({ id: randomUUID(), subject: `${about}.${rowId}`, payload, rowId, entity: 'line' })),
    ),
  );
/** An announcement each of as many rows. */
const tellOfMany = (payloads: readonly string[]) =>
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
const isPending = async () => (await fixture.owner.query('select from outbox where published_at is null limit 1')).rowCount === 1;
const allSent = () => waitFor('the outbox to be sent', async () => !(await isPending()));
const [HISTORY, BACKLOG] = [20_000, 5_000];
/** Entries of the outbox's indexes that were read by all sessions which have ended. */
const entriesRead = async (): Promise<number> => {
  const { rows } = await fixture.owner.query<{ read: number }>(
    "select sum(idx_tup_read)::int as read from pg_stat_user_indexes where relname = 'outbox'",
  );
  return rows[0]?.read as number;
};
const numbered = (count: number) => Array.from({ length: count }, (_, n) => String(n));

describe('the relay', () => {
  test('publishes what was committed, in order and of every tenant, and notes where it is stored', async () => {
    const broker = new FakeBroker();
    await put(['a', 'b']);
    await put(['c'], 'globex');
    relay(database, broker);
    await allSent();
    expect(broker.stored).toEqual(['a', 'b', 'c']);
    const { rows } = await fixture.owner.query('select payload, stream, stream_seq::int from outbox order by id');
    expect(rows).toEqual([1, 2, 3].map((seq) => ({ payload: broker.stored[seq - 1], stream: 'EVENTS', stream_seq: seq })));
  });

  test('reads what is pending, and that once, however long its history is', async () => {
    const before = await entriesRead();
    const stop = relay(database, new FakeBroker());
    // First when there is little, as in a new installation: what suited that must not stay.
    for (const early of numbered(6)) {
      await tellOfMany([early]);
      await allSent();
    }
    await fixture.owner.query(
      `insert into outbox (event_id, tenant_id, subject, payload, published_at)
       select gen_random_uuid(), 'akron', 'plantops.events.akron.x', 'old', now() from generate_series(1, ${HISTORY})`,
    );
    await tellOfMany(numbered(BACKLOG));
    await allSent();
    // Statistics of a session are told when it ends.
    await stop();
    // When it was found, when it was noted, and a few times more for what an index still names.
    expect((await entriesRead()) - before).toBeLessThan(6 * BACKLOG);
  });

  test('a batch full of what is refused does not hold up what comes after it', async () => {
    const broker = new FakeBroker((payload) => payload !== 'wanted');
    await put([...numbered(500), 'wanted']);
    relay(database, broker);
    await waitFor('the one behind them', async () => (await pending()) === 500);
    expect(broker.stored).toEqual(['wanted']);
  });

  test('what was rolled back is never published', async () => {
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

  test('what the broker did not store stays pending and goes out again; the rest is not held up', async () => {
    const broker = new FakeBroker((payload, attempt) => payload === 'b' && attempt < 3);
    relay(database, broker);
    await put(['a', 'b', 'c']);
    await allSent();
    expect(broker.stored).toEqual(['a', 'c', 'b']);
    expect(broker.attempts.filter((payload) => payload === 'b')).toHaveLength(3);
    expect(broker.attempts.filter((payload) => payload === 'a')).toHaveLength(1);
  });

  test('announcements of one row are stored in the order of its commits, whichever of them fails; other rows do not wait for them', async () => {
    const [bottler, packer] = [randomUUID(), randomUUID()];
    const broker = new FakeBroker((payload, attempt) => payload === 'bottler 2' && attempt < 3);
    await tell(bottler, ['bottler 1', 'bottler 2', 'bottler 3']);
    await tell(packer, ['packer 1', 'packer 2']);
    relay(database, broker);
    await waitFor('the first failure', () => broker.attempts.includes('bottler 2'));
    await tell(bottler, ['bottler 4']);
    await tell(packer, ['packer 3']);
    await allSent();
    const told = (row: string) => broker.stored.filter((payload) => payload.startsWith(row));
    expect(told('bottler')).toEqual(['bottler 1', 'bottler 2', 'bottler 3', 'bottler 4']);
    expect(told('packer')).toEqual(['packer 1', 'packer 2', 'packer 3']);
    expect(broker.stored.indexOf('packer 3')).toBeLessThan(broker.stored.indexOf('bottler 2'));
  });

  test('master data that goes out again after a newer announcement of its row does not take its place', async () => {
    const broker = new FakeBroker();
    const row = randomUUID();
    await tell(row, ['older', 'newer'], 'plantops.master.akron.line');
    relay(database, broker);
    await allSent();
    await fixture.owner.query("update outbox set published_at = null, times_again = 1 where payload = 'older'");
    await allSent();
    expect(broker.stored).toEqual(['older', 'newer']);
  });

  test('master data that goes out twice around a restart of the broker ends with the newest: what it swallows is sent under another id', async () => {
    const broker = new FakeBroker();
    await tell(randomUUID(), ['older', 'newer'], 'plantops.master.akron.line');
    relay(database, broker);
    await allSent();
    // The database was away when both were to be noted as published, and the broker was started anew before they went out again.
    broker.restartCompacted();
    await fixture.owner.query('update outbox set published_at = null, stream = null, stream_seq = null');
    await allSent();
    await waitFor('the newest to stand last', () => broker.stored.at(-1) === 'newer' && broker.stored.includes('older'));
  });

  test('a broker that throws loses nothing either', async () => {
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

  test('a transaction that commits late is not passed by', async () => {
    const broker = new FakeBroker();
    relay(database, broker);
    await database.transact('akron', async (slow) => {
      await enqueue(slow, [{ id: randomUUID(), subject: 'plantops.events.akron.x', payload: 'slow' }]);
      await put(['quick']);
      await waitFor('the quick one to be sent', () => broker.stored.includes('quick'));
    });
    await allSent();
    expect(broker.stored).toEqual(['quick', 'slow']);
  });

  test('of two copies one leads: each announcement goes out once; when it stops the other takes over', async () => {
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
