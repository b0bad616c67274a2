/** Tests that each index of a service's tables is needed: it holds a rule, or a query of the service reads it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ServiceName } from '@plantops/contracts';
import { testServers, waitFor } from '@plantops/fixtures';
import { Database, type Tables } from '@plantops/persistence';
import { Pool } from 'pg';
import { copyTemplate } from '../templates.ts';
import { messageTables } from './message-tables.ts';
import { HOLDS, type DeclaredTables, type Reads } from './needs.ts';

/**
 * Declares these tests for a service. `declared` has the service's own tables; those of messages, which every service
 * has, are declared once (`message-tables.ts`).
 */
export function testIndexes(service: ServiceName, tables: Tables, declared: DeclaredTables): void {
  describe(`the indexes of ${service}`, () => {
    let copy: Awaited<ReturnType<typeof copyTemplate>>;
    let owner: Pool;
    let database: Database;
    let found: { name: string; table: string; holds: boolean }[];
    let present: DeclaredTables;

    beforeAll(async () => {
      copy = await copyTemplate(testServers().databaseUrl, service);
      owner = new Pool({ connectionString: copy.ownerUrl, max: 1 });
      // A connection that is still closing when the database is dropped emits an error. Nothing else handles it.
      owner.on('connect', (client) => client.on('error', () => {}));
      owner.on('error', () => {});
      ({ rows: found } = await owner.query(INDEXES));
      const all: DeclaredTables = { ...messageTables, ...declared };
      const names = new Set(found.map(({ table }) => table));
      present = Object.fromEntries(Object.entries(all).filter(([name]) => names.has(name) || name in declared));
      for (const { rows } of Object.values(present)) if (rows !== undefined) await owner.query(rows);
      await owner.query('analyze');
      database = await open(copy.url, tables);
    });
    afterAll(async () => {
      await database.close();
      await owner.end();
      await copy.drop();
    });

    test('each is declared, by its table, with what needs it', () => {
      const declaredNames = Object.entries(present).flatMap(([table, { indexes }]) =>
        Object.keys(indexes).map((name) => `${table}: ${name}`),
      );
      expect(declaredNames.toSorted()).toEqual(found.map(({ table, name }) => `${table}: ${name}`).toSorted());
    });

    test('those that are declared to hold a rule do so', () => {
      const holding = new Set(found.filter(({ holds }) => holds).map(({ name }) => name));
      const rules = needsOf(present).filter(([, need]) => need === HOLDS);
      expect(rules.map(([name]) => name).filter((name) => !holding.has(name))).toEqual([]);
    });

    test('each of the others is read by the query that needs it', async () => {
      const unread: string[] = [];
      for (const [name, need] of needsOf(present)) {
        if (need === HOLDS) continue;
        const before = await readsOf(owner, name);
        await need(database);
        // A session that has just ended reports what it has read a moment later.
        const isRead = waitFor(name, async () => (await readsOf(owner, name)) > before, 2_000);
        await isRead.catch(() => unread.push(name));
      }
      expect(unread).toEqual([]);
    }, 120_000);
  });
}

const needsOf = (tables: DeclaredTables): [string, typeof HOLDS | Reads][] =>
  Object.values(tables).flatMap(({ indexes }) => Object.entries(indexes));

/** Those of partitions are left out: they are the parts of an index of the whole table. */
const INDEXES = `
  select i.relname as name, t.relname as table, indisunique or indisexclusion as holds
  from pg_index
  join pg_class i on i.oid = indexrelid
  join pg_class t on t.oid = indrelid
  where t.relnamespace = 'public'::regnamespace and not t.relispartition`;

async function readsOf(owner: Pool, index: string): Promise<number> {
  const { rows } = await owner.query<{ reads: string }>(
    `select coalesce(sum(idx_scan), 0) as reads
     from pg_stat_user_indexes
     where coalesce(pg_partition_root(indexrelid), indexrelid) = $1::regclass`,
    [index],
  );
  return Number(rows[0]?.reads);
}

/** Opens the database so that each transaction reports at its end which indexes it has read. */
async function open(url: string, tables: Tables): Promise<Database> {
  const database = await Database.open({ url, ...tables, log: { info: () => {}, warn: () => {}, error: () => {} } });
  const transact = database.transact.bind(database);
  database.transact = (tenant, work) =>
    transact(tenant, async (tx) => {
      const result = await work(tx);
      await tx.query('select pg_stat_force_next_flush()');
      return result;
    });
  return database;
}
