import type { Database } from './database.ts';
import type { Sql } from './sql.ts';
import { EVERY_TENANT } from './tx.ts';

/**
 * Runs the work for each tenant that the statement finds (a column `tenant_id`), one after another. A failure for one
 * tenant is logged and does not stop the others: the next run tries it again.
 */
export async function eachTenant(
  database: Database,
  tenants: Sql,
  work: (tenant: string) => Promise<unknown>,
): Promise<void> {
  const found = await database.transact(EVERY_TENANT, (tx) => tx.query<{ tenant_id: string }>(tenants));
  for (const { tenant_id: tenant } of found) {
    try {
      await work(tenant);
    } catch (error) {
      database.log.warn({ err: error, tenant }, 'housekeeping failed for a tenant; it runs again later');
    }
  }
}

/** Returns rows of every tenant, of a table whose policy allows that. For what is held for all of them together. */
export function rowsOfEveryTenant<R>(database: Database, rows: Sql): Promise<R[]> {
  return database.transact(EVERY_TENANT, (tx) => tx.query<R>(rows));
}
