/** Counts and scrap that lines reported, stored in one insert. */
import { lineSystem, Problem, type CountRow, type EventContract, type ScrapRow } from '@plantops/contracts';
import { addRows, applied, waitKey, type FieldsOf, type Table, type Tx, type Verdict } from '@plantops/persistence';
import type { z } from 'zod';
import { batchesOf } from '../batches/batches-of.ts';
import type { Located } from '../line-events/located.ts';
import { measuredProducts } from './measured-products.ts';
import { hasUnit, type Measured } from './units.rules.ts';

type Kind = 'count' | 'scrap';
type Links = Pick<CountRow, 'line_id' | 'batch_id' | 'batch_number' | 'product_id'>;
type Stored<K extends Kind, R extends CountRow | ScrapRow> = {
  readonly table: Table<R>;
  readonly event: EventContract<z.ZodType<R>>;
  /** Whether a unit without a product says something: where it does not, the event waits for the batch's product. */
  readonly unitNeedsProduct: boolean;
  readonly rowOf: (body: Located<K>['event']['body'], links: Links, product: Measured | undefined) => FieldsOf<R>;
};

/**
 * A batch that is not known yet links its units when it starts. Units that are given in a unit wait for the batch that
 * says their product, and for the product to have the unit.
 */
export async function applyUnits<K extends Kind, R extends CountRow | ScrapRow>(
  tx: Tx,
  located: readonly Located<K>[],
  now: string,
  { table, event, unitNeedsProduct, rowOf }: Stored<K, R>,
): Promise<Verdict[]> {
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
    return { ...one, links };
  });
  const products = await measuredProducts(
    tx,
    linked.flatMap(({ links }) => links.product_id ?? []),
  );
  const rows: FieldsOf<R>[] = [];
  const authors: ReturnType<typeof lineSystem>[] = [];
  const verdicts = linked.map(({ event: reported, line, links }): Verdict => {
    const { unit, batch_number } = reported.body;
    const product = products.get(links.product_id ?? '');
    const mayGetProduct = batch_number !== undefined && (links.batch_id === null || unitNeedsProduct);
    if (unit !== undefined && product === undefined && mayGetProduct)
      return { waitsFor: waitKey.batch(line.code, batch_number) };
    if (unit !== undefined && product !== undefined && !hasUnit(product, unit))
      return { waitsFor: waitKey.unit(product.code, unit) };
    try {
      rows.push(rowOf(reported.body, links, product));
      authors.push(lineSystem(reported));
      return applied();
    } catch (error) {
      if (error instanceof Problem) return { rejected: error.message };
      throw error;
    }
  });
  await addRows(tx, table, rows, authors, event, now);
  return verdicts;
}
