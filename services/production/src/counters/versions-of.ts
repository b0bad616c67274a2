import { sql, type Tx } from '@plantops/persistence';
import type { Versions } from './counter.rules.ts';

/** The dated settings of lines, by id. */
export async function versionsOf(tx: Tx, lineIds: readonly string[]): Promise<Map<string, Versions>> {
  const rows = await tx.query<{ id: string; versions: Versions }>(sql`
    select id, versions
    from line
    where tenant_id = ${tx.tenant} and id = any(${[...new Set(lineIds)]}::uuid[])`);
  return new Map(rows.map(({ id, versions }) => [id, versions]));
}
