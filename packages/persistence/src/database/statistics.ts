/**
 * The statistics of tables that grow quickly. PostgreSQL keeps the plan of a prepared statement until its table is
 * analyzed. A plan that was made for an empty table may read all rows of a tenant for one of them, and autovacuum looks
 * only once a minute.
 */
import type { Database } from './database.ts';
import { sql } from './sql.ts';
import { EVERY_TENANT } from './tx.ts';

/**
 * Analyzes each table that has grown to twice the size that its statistics know; the prepared statements of all sessions
 * are planned again. Returns the tables' names. A table of n rows is analyzed about log2(n) times in all. At rest it asks
 * nothing.
 */
export async function analyzeGrown(database: Database): Promise<string[]> {
  if (!database.takeWorked()) return [];
  const rows = await database.transact(EVERY_TENANT, (tx) =>
    tx.query<{ name: string }>(sql`select analyze_grown_tables() as name`),
  );
  return rows.map(({ name }) => name);
}
