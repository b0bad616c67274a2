import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestDatabase } from './database-fixture.ts';
import { eachTenant } from './each-tenant.ts';
import type { Database } from './database.ts';
import { sql } from './sql.ts';

let fixture: TestDatabase;
let database: Database;

beforeAll(async () => {
  fixture = await TestDatabase.create();
  database = await fixture.open();
});
afterAll(() => fixture.drop());

test('a failure for one tenant does not stop the others', async () => {
  const done: string[] = [];
  await eachTenant(
    database,
    sql`select unnest(${['akron', 'bremen', 'celle']}::text[]) as tenant_id`,
    async (tenant) => {
      if (tenant === 'bremen') throw new Error('its rows are damaged');
      done.push(tenant);
    },
  );
  expect(done).toEqual(['akron', 'celle']);
});
