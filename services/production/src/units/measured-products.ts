import { sql, type Sql, type Tx } from '@plantops/persistence';
import type { Measured } from './units.rules.ts';

/** Products with their units, by id. */
export function measuredProducts(tx: Tx, ids: readonly string[]): Promise<Map<string, Measured>> {
  return productsOf(tx, ids, sql``);
}

/**
 * The same for quantities in another unit. The products are locked against changes up to the end of the transaction: a
 * corrected factor finds every row that was converted by the one before.
 */
export function lockedProducts(tx: Tx, ids: readonly string[]): Promise<Map<string, Measured>> {
  return productsOf(tx, ids, sql`for share`);
}

async function productsOf(tx: Tx, ids: readonly string[], lock: Sql): Promise<Map<string, Measured>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<Measured>(sql`
    select id, code, unit, units
    from product
    where tenant_id = ${tx.tenant} and id = any(${[...new Set(ids)].sort()}::uuid[])
    order by id
    ${lock}`);
  return new Map(rows.map((row) => [row.id, row]));
}
