import type { BatchRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { NO_UNIT } from '../units/units.rules.ts';

/**
 * Scrap that named neither a unit nor a product is in the unit of the batch's product. A unit that was named stays: what
 * it says has not been converted.
 */
const OWN_UNIT = `,
         unit = case when product_id is null and unit = '${NO_UNIT}'
           then coalesce((select p.unit from product p where p.tenant_id = $1 and p.id = $5), unit) else unit end`;

/** Links counts and scrap that arrived before their batch started, and gives them its product. */
export async function linkUnits(tx: Tx, batch: BatchRow): Promise<void> {
  const link = (table: 'unit_count' | 'scrap_event', more = '') =>
    tx.query(
      `update ${table}
       set version = version + 1, updated_at = now(), batch_id = $4, product_id = coalesce(product_id, $5)${more}
       where tenant_id = $1 and line_id = $2 and batch_number = $3 and batch_id is null`,
      [tx.tenant, batch.line_id, batch.batch_number, batch.id, batch.product_id],
    );
  await Promise.all([link('unit_count'), link('scrap_event', OWN_UNIT)]);
}
