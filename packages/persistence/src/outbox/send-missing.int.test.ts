import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { listMissingEvents } from '../inbox/missing-events.ts';
import { enqueue } from './outbox.ts';
import { sendMissing, type Ask } from './send-missing.ts';

let fixture: TestDatabase;
let database: Database;
beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
afterEach(async () => {
  for (const table of ['outbox', 'inbox', 'dead_letter']) await fixture.owner.query(`delete from ${table}`);
});
afterAll(() => fixture.drop());

/** Announced by production, and published so many minutes ago. */
const announced = async (type: string, minutes: number, tenant = 'akron'): Promise<string> => {
  const id = randomUUID();
  await database.transact(tenant, (tx) => enqueue(tx, [{ id, subject: `plantops.events.${tenant}.${type}`, payload: '{}' }]));
  await fixture.owner.query("update outbox set published_at = now() - $2 * interval '1 minute' where event_id = $1", [id, minutes]);
  return id;
};
const pending = async () =>
  (await fixture.owner.query<{ event_id: string }>('select event_id from outbox where published_at is null')).rows.map(
    ({ event_id }) => event_id,
  );
const asked: { listener: string; tenant: string; ids: readonly string[] }[] = [];
/** A listener that lacks all it is asked for; each question is noted. */
const lacksAll: Ask = async (listener, tenant, ids) => {
  asked.push({ listener, tenant, ids });
  return ids;
};
afterEach(() => void asked.splice(0));

describe('whoever announces', () => {
  test('asks for what is between 5 minutes and an hour old, of each tenant apart, only those who take it in', async () => {
    const [batch, other] = [await announced('batch.started', 30), await announced('batch.started', 30, 'globex')];
    const count = await announced('count.logged', 10);
    for (const minutes of [1, 90]) await announced('batch.started', minutes);
    await announced('party.begun', 30);
    expect(await sendMissing(database, 'production', lacksAll)).toBe(3);
    expect(asked).toEqual(
      expect.arrayContaining([
        { listener: 'downtimes', tenant: 'akron', ids: [batch] },
        { listener: 'downtimes', tenant: 'globex', ids: [other] },
        { listener: 'money-leaks', tenant: 'akron', ids: [batch] },
        { listener: 'money-leaks', tenant: 'globex', ids: [other] },
        { listener: 'money-leaks', tenant: 'akron', ids: [count] },
      ]),
    );
    expect(asked).toHaveLength(5);
    expect((await pending()).toSorted()).toEqual([batch, other, count].toSorted());
  });

  test('of master data asks for the newest announcement of each row alone: an older one sent again would take its place in the stream', async () => {
    const [row, other] = [randomUUID(), randomUUID()];
    const line = async (rowId: string) => {
      const id = randomUUID();
      const subject = `plantops.master.akron.line.${rowId}`;
      await database.transact('akron', (tx) => enqueue(tx, [{ id, subject, payload: '{}', rowId, entity: 'line' }]));
      await fixture.owner.query("update outbox set published_at = now() - interval '30 minutes' where event_id = $1", [id]);
      return id;
    };
    await line(row);
    const [newest, only] = [await line(row), await line(other)];
    await sendMissing(database, 'production', lacksAll);
    expect((await pending()).toSorted()).toEqual([newest, only].toSorted());
  });

  test('asks for at most 1,000 at once', async () => {
    await fixture.owner.query(
      `insert into outbox (event_id, tenant_id, subject, payload, published_at)
       select gen_random_uuid(), 'akron', 'plantops.events.akron.count.logged', '{}', now() - interval '30 minutes' from generate_series(1, 1500)`,
    );
    expect(await sendMissing(database, 'production', lacksAll)).toBe(1500);
    expect(asked.map(({ ids }) => ids.length)).toEqual([1000, 500]);
  });

  test('leaves a listener that is away for the next time, and asks the others', async () => {
    const batch = await announced('batch.started', 30);
    await announced('batch.started', 20);
    let tries = 0;
    const sent = await sendMissing(database, 'production', async (listener, _tenant, ids) => {
      if (listener === 'money-leaks') return ids.filter((id) => id === batch);
      tries += 1;
      throw new Error('away');
    });
    expect([sent, tries]).toEqual([1, 1]);
    expect(await pending()).toEqual([batch]);
  });

  test('sends nothing again that another copy has just sent again', async () => {
    await announced('trial.started', 30);
    const both = Promise.withResolvers<void>();
    const atOnce: Ask = async (listener, tenant, ids) => {
      await lacksAll(listener, tenant, ids);
      if (asked.length === 2) both.resolve();
      await both.promise;
      return ids;
    };
    const sent = await Promise.all([sendMissing(database, 'trials', atOnce), sendMissing(database, 'trials', atOnce)]);
    expect(sent.toSorted()).toEqual([0, 1]);
  });

  test('sends nothing for ever', async () => {
    const batch = await announced('batch.started', 30);
    const aged = "update outbox set published_at = now() - interval '30 minutes', times_again = $2 where event_id = $1";
    await fixture.owner.query(aged, [batch, 20]);
    expect(await sendMissing(database, 'production', lacksAll)).toBe(0);
  });
});

describe('whoever listens', () => {
  const lacking = (event_ids: string[], backlog = 0, tenant = 'akron') =>
    listMissingEvents(database, async () => backlog)({ event_ids }, { tenant });

  test('lacks what it has neither applied nor set aside', async () => {
    const [applied, aside, lacks] = [randomUUID(), randomUUID(), randomUUID()];
    await fixture.owner.query("insert into inbox (event_id, tenant_id) values ($1, 'akron')", [applied]);
    await fixture.owner.query(
      `insert into dead_letter (id, tenant_id, stream, stream_seq, message_subject, payload, reason, parked_at)
       values (gen_random_uuid(), 'akron', 'EVENTS', 1, 'plantops.events.akron.batch.started', $1, 'no', now())`,
      [JSON.stringify({ specversion: '1.0', id: aside, data: { id: lacks } })],
    );
    expect(await lacking([applied, aside, lacks])).toEqual({ event_ids: [lacks] });
  });

  test('says nothing of what it lacks while it is catching up', async () => {
    await expect(lacking([randomUUID()], 1_001)).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});
