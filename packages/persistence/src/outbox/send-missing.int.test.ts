import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Problem } from '@plantops/contracts';
import { TestDatabase } from '../database/database-fixture.ts';
import type { Database } from '../database/database.ts';
import { listMissingEvents } from '../inbox/missing-events.ts';
import { enqueue } from './outbox.ts';
import { sendMissing, Unanswered, type Ask } from './send-missing.ts';

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

/** Stores an event that was published this many minutes ago. Returns its id. */
async function announced(type: string, minutes: number, tenant = 'akron'): Promise<string> {
  const id = randomUUID();
  await database.transact(tenant, (tx) =>
    enqueue(tx, [{ id, subject: `plantops.events.${tenant}.${type}`, payload: '{}' }]),
  );
  await fixture.owner.query("update outbox set published_at = now() - $2 * interval '1 minute' where event_id = $1", [
    id,
    minutes,
  ]);
  return id;
}
const pending = async () =>
  (await fixture.owner.query<{ event_id: string }>('select event_id from outbox where published_at is null')).rows.map(
    ({ event_id }) => event_id,
  );
const asked: { listener: string; tenant: string; ids: readonly string[] }[] = [];
/** A listener that lacks all events. Records each question. */
const lacksAll: Ask = async (listener, tenant, ids) => {
  asked.push({ listener, tenant, ids });
  return ids;
};
afterEach(() => void asked.splice(0));

describe('the announcing service', () => {
  test('asks only the services that consume an event, for each tenant, about events that are 5 minutes to an hour old', async () => {
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

  test('asks only about the newest event of each row of master data: an older one, sent again, would replace it in the stream', async () => {
    const [row, other] = [randomUUID(), randomUUID()];
    const line = async (rowId: string) => {
      const id = randomUUID();
      const subject = `plantops.master.akron.line.${rowId}`;
      await database.transact('akron', (tx) => enqueue(tx, [{ id, subject, payload: '{}', rowId, entity: 'line' }]));
      await fixture.owner.query("update outbox set published_at = now() - interval '30 minutes' where event_id = $1", [
        id,
      ]);
      return id;
    };
    await line(row);
    const [newest, only] = [await line(row), await line(other)];
    await sendMissing(database, 'production', lacksAll);
    expect((await pending()).toSorted()).toEqual([newest, only].toSorted());
  });

  test('asks about at most 1,000 events at once', async () => {
    await fixture.owner.query(
      `insert into outbox (event_id, tenant_id, subject, payload, published_at)
       select gen_random_uuid(), 'akron', 'plantops.events.akron.count.logged', '{}', now() - interval '30 minutes'
       from generate_series(1, 1500)`,
    );
    expect(await sendMissing(database, 'production', lacksAll)).toBe(1500);
    expect(asked.map(({ ids }) => ids.length)).toEqual([1000, 500]);
  });

  test('asks the other listeners when one cannot be reached', async () => {
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

  test('asks about the other tenants when one cannot be asked about, and sends what they lack', async () => {
    await announced('batch.started', 50);
    const theirs = await announced('batch.started', 20, 'globex');
    const sent = await sendMissing(database, 'production', async (_listener, tenant, ids) => {
      if (tenant === 'akron') throw new Problem('service_unavailable', '1001 messages are not consumed yet');
      return ids;
    });
    expect(sent).toBe(1);
    expect(await pending()).toEqual([theirs]);
  });

  test('gives up on a listener that lets the questions about three tenants time out', async () => {
    const tenants = ['akron', 'bremen', 'celle', 'dover', 'essen'];
    for (const tenant of tenants) await announced('batch.started', 30, tenant);
    const tried: string[] = [];
    const unanswered = new Unanswered();
    const silent: Ask = async (listener, tenant) => {
      if (listener === 'downtimes') return [];
      tried.push(tenant);
      throw new Problem('outcome_unknown', 'money-leaks did not answer in time');
    };
    const run = () => sendMissing(database, 'production', silent, unanswered);
    await run();
    expect(tried).toHaveLength(3);
    // The next run begins with the others.
    const before = new Set(tried.splice(0));
    await run();
    expect(tried.filter((tenant) => before.has(tenant))).toHaveLength(1);
  });

  test('tells a person when a listener could not be asked about a tenant three times running', async () => {
    await announced('count.logged', 30);
    const warn = jest.spyOn(database.log, 'warn');
    const unanswered = new Unanswered();
    const fails: Ask = () => Promise.reject(new Error('away'));
    const run = (ask: Ask) => sendMissing(database, 'production', ask, unanswered);
    for (const ask of [fails, fails, async () => [], fails, fails]) await run(ask);
    expect(warn).not.toHaveBeenCalled();
    await run(fails);
    expect(warn.mock.calls.map(([about]) => about)).toEqual([
      expect.objectContaining({ listener: 'money-leaks', tenant: 'akron', runs: 3 }),
    ]);
    warn.mockRestore();
  });

  test('what one tenant announced does not keep those of others from being asked about', async () => {
    await fixture.owner.query(
      `insert into outbox (event_id, tenant_id, subject, payload, published_at)
       select gen_random_uuid(), 'akron', 'plantops.events.akron.count.logged', '{}', now() - interval '30 minutes'
       from generate_series(1, 50_100)`,
    );
    const theirs = await announced('count.logged', 29, 'globex');
    const lacks: Ask = async (_listener, tenant, ids) => (tenant === 'globex' ? ids : []);
    expect(await sendMissing(database, 'production', lacks)).toBe(1);
    expect(await pending()).toEqual([theirs]);
  });

  test('does not send an event again that another copy has just sent again', async () => {
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

  test('stops sending an event again after 20 times', async () => {
    const batch = await announced('batch.started', 30);
    const aged = "update outbox set published_at = now() - interval '30 minutes', times_again = $2 where event_id = $1";
    await fixture.owner.query(aged, [batch, 20]);
    expect(await sendMissing(database, 'production', lacksAll)).toBe(0);
  });
});

describe('the listening service', () => {
  const lacking = (event_ids: string[], backlog = 0, tenant = 'akron') =>
    listMissingEvents(database, async () => backlog)({ event_ids }, { tenant });

  test('lacks events that it neither applied nor stored as dead letters', async () => {
    const [applied, dead, lacks] = [randomUUID(), randomUUID(), randomUUID()];
    await fixture.owner.query("insert into inbox (event_id, tenant_id) values ($1, 'akron')", [applied]);
    await fixture.owner.query(
      `insert into dead_letter (id, tenant_id, stream, stream_seq, message_subject, payload, reason, parked_at)
       values (gen_random_uuid(), 'akron', 'EVENTS', 1, 'plantops.events.akron.batch.started', $1, 'no', now())`,
      [JSON.stringify({ specversion: '1.0', id: dead, data: { id: lacks } })],
    );
    expect(await lacking([applied, dead, lacks])).toEqual({ event_ids: [lacks] });
  });

  test('does not answer what it lacks while it is more than 1,000 messages behind', async () => {
    await expect(lacking([randomUUID()], 1_001)).rejects.toMatchObject({ code: 'service_unavailable' });
  });
});
