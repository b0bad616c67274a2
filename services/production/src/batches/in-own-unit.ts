import type { BatchRow } from '@plantops/contracts';
import { waitKey, type Tx, type Verdict } from '@plantops/persistence';
import { measuredProducts } from '../units/measured-products.ts';
import { batchAgain, batchIn, hasUnit, type BatchQuantities, type Measured } from '../units/units.rules.ts';

type Sent = BatchQuantities & { readonly unit?: string | undefined; readonly product_id?: string | null | undefined };

/**
 * What a command changes in a batch, with its quantities in the own unit of the batch's product. With another product,
 * what was given in other units before is converted by its units.
 */
export async function inOwnUnit<S extends Sent>(
  tx: Tx,
  batch: Pick<BatchRow, 'product_id' | 'given'>,
  { unit, ...sent }: S,
): Promise<Omit<S, 'unit'> & { given?: BatchRow['given'] }> {
  const productId = sent.product_id === undefined ? batch.product_id : sent.product_id;
  const isOther = productId !== batch.product_id && Object.keys(batch.given).length > 0;
  const product = unit === undefined && !isOther ? undefined : await measuredProduct(tx, productId);
  const { given, ...converted } = batchIn(product, { ...sent, unit }, batch.given);
  const again = isOther && product !== undefined ? batchAgain(product, { given }) : {};
  const isSame = JSON.stringify(given) === JSON.stringify(batch.given);
  return { ...sent, ...converted, ...again, ...(isSame ? {} : { given }) };
}

async function measuredProduct(tx: Tx, id: string | null): Promise<Measured | undefined> {
  return id === null ? undefined : (await measuredProducts(tx, [id])).get(id);
}

type Reported = {
  readonly kind: string;
  readonly body: { readonly unit?: string | undefined; readonly batch_number: string };
};

/**
 * What a line event waits for that names a unit: the unit of the product, or the product of a batch that has none. A
 * batch that has not started says no product: its start must.
 */
export async function unitToWaitFor(
  tx: Tx,
  lineCode: string,
  { kind, body: { unit, batch_number } }: Reported,
  productId: string | null,
): Promise<Verdict | undefined> {
  if (unit === undefined) return undefined;
  const product = await measuredProduct(tx, productId);
  if (product === undefined)
    return kind === 'batch.started' ? undefined : { waitsFor: waitKey.batch(lineCode, batch_number) };
  return hasUnit(product, unit) ? undefined : { waitsFor: waitKey.unit(product.code, unit) };
}
