import { sql, type Tx } from '@plantops/persistence';
import type { Measured } from './units.rules.ts';

/**
 * Products with their units, by id. They are locked against changes of them up to the end of the transaction: a
 * corrected factor finds every row that was converted by the one before.
 */
export async function measuredProducts(tx: Tx, ids: readonly string[]): Promise<Map<string, Measured>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<Measured>(sql`
    select id, code, unit, units
    from product
    where tenant_id = ${tx.tenant} and id = any(${[...new Set(ids)].sort()}::uuid[])
    order by id
    for share`);
  return new Map(rows.map((row) => [row.id, row]));
}
