import { sql, type Tx } from '@plantops/persistence';

/** Whether there is a batch, a count or scrap of the product, also a voided or cancelled one. */
export async function hasQuantities(tx: Tx, productId: string): Promise<boolean> {
  // A count of a batch is in the unit of the batch's product.
  const [row] = await tx.query<{ found: boolean }>(sql`
    select
      exists (select from batch where tenant_id = ${tx.tenant} and product_id = ${productId})
      or exists (select from scrap_event where tenant_id = ${tx.tenant} and product_id = ${productId})
      or exists (
        select from unit_count where tenant_id = ${tx.tenant} and product_id = ${productId} and batch_id is null
      ) as found`);
  return row?.found ?? false;
}
