import type { CountRow } from '@plantops/contracts';
import { waitKey, type Tx, type Verdict } from '@plantops/persistence';
import { batchesOf } from '../batches/batches-of.ts';
import type { Located } from '../line-events/located.ts';
import { lockedProducts, measuredProducts } from './measured-products.ts';
import { hasUnit, isConverted, type Measured } from './units.rules.ts';

export type UnitKind = 'count' | 'counter' | 'scrap';
export type Links = Pick<CountRow, 'line_id' | 'batch_id' | 'batch_number' | 'product_id'>;
type Linked<K extends UnitKind> = Located<K> & {
  readonly links: Links;
  readonly product: Measured | undefined;
  /** Whether others cut its batch, which lasts to the last count of its own. */
  readonly isCut: boolean;
  /** What it waits for; undefined: nothing. */
  readonly waits: Verdict | undefined;
};

/**
 * Reported units with the batch and product that are known of them. Units that are given in a unit wait for the batch
 * that says their product, and for the product to have the unit. `unitNeedsProduct`: without a product, a unit says
 * nothing, so that they wait for the product of a batch that has none.
 */
export async function linkedUnits<K extends UnitKind>(
  tx: Tx,
  located: readonly Located<K>[],
  unitNeedsProduct: boolean,
): Promise<Linked<K>[]> {
  const batchOf = await batchesOf(
    tx,
    located.map(({ event: { body }, line }) => ({ line_id: line.id, batch_number: body.batch_number })),
  );
  const linked = located.map((one) => {
    const { batch_number } = one.event.body;
    const batch = batchOf(one.line.id, batch_number);
    const product_id = one.productId ?? batch?.product_id ?? null;
    const links: Links = {
      line_id: one.line.id,
      batch_id: batch?.id ?? null,
      batch_number: batch_number ?? null,
      product_id,
    };
    return { ...one, links, isCut: batch?.is_cut === true };
  });
  const known = await measuredProducts(
    tx,
    linked.flatMap(({ links }) => links.product_id ?? []),
  );
  const converted = linked.filter(({ event: { body }, links }) =>
    isConverted(known.get(links.product_id ?? ''), body.unit),
  );
  const locked = await lockedProducts(
    tx,
    converted.flatMap(({ links }) => links.product_id ?? []),
  );
  const products = new Map([...known, ...locked]);
  return linked.map((one) => {
    const product = products.get(one.links.product_id ?? '');
    return { ...one, product, waits: waitsFor(one, product, unitNeedsProduct) };
  });
}

function waitsFor<K extends UnitKind>(
  { event, line, links }: Located<K> & { readonly links: Links },
  product: Measured | undefined,
  unitNeedsProduct: boolean,
): Verdict | undefined {
  const { unit, batch_number } = event.body;
  const mayGetProduct = batch_number !== undefined && (links.batch_id === null || unitNeedsProduct);
  if (unit !== undefined && product === undefined && mayGetProduct)
    return { waitsFor: waitKey.batch(line.code, batch_number) };
  if (unit !== undefined && product !== undefined && !hasUnit(product, unit))
    return { waitsFor: waitKey.unit(product.code, unit) };
  return undefined;
}
