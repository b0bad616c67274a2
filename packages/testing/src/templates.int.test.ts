import { expect, test } from '@jest/globals';
import { serviceNames, topology } from '@plantops/contracts';
import { testServers } from '@plantops/fixtures';
import { columnOf, fieldNames, type Table, type Tables } from '@plantops/persistence';
import pg from 'pg';
import { copyTemplate } from './templates.ts';

/** Columns that belong to no row: the statements that need them write them. */
const UNSEEN: Readonly<Record<string, readonly string[]>> = { batch: ['settled_at'] };

test.each(serviceNames.filter((name) => topology[name].database))(
  'the entities of %s name exactly the columns of its tables',
  async (service) => {
    const { tables } = (await import(`../../../services/${service}/src/database.ts`)) as { tables: Tables };
    const copy = await copyTemplate(testServers().databaseUrl, service);
    const client = new pg.Client({ connectionString: copy.ownerUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ table_name: string; column_name: string }>(
        // What PostgreSQL computes from other columns is written by nobody.
        `select table_name, column_name
         from information_schema.columns
         where table_schema = 'public' and is_generated = 'NEVER'`,
      );
      const columns = Map.groupBy(rows, ({ table_name }) => table_name);
      for (const entity of tables.entities as Table[]) {
        const { tableName } = entity.meta;
        // Where a field has a column of another name, copies of the version before use the one of its own name.
        const named = fieldNames(entity).flatMap((field) => [field, columnOf(entity, field)]);
        expect([tableName, [...new Set([...named, ...(UNSEEN[tableName] ?? [])])].sort()]).toEqual([
          tableName,
          (columns.get(tableName) ?? []).map(({ column_name }) => column_name).sort(),
        ]);
      }
    } finally {
      await client.end();
      await copy.drop();
    }
  },
);
