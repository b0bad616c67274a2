/** Counts and scrap that lines reported, stored in one insert. */
import { lineSystem, Problem, type CountRow, type EventContract, type ScrapRow } from '@plantops/contracts';
import { addRows, applied, type FieldsOf, type Table, type Tx, type Verdict } from '@plantops/persistence';
import type { z } from 'zod';
import { recut } from '../batches/recut.ts';
import type { Located } from '../line-events/located.ts';
import { linkedUnits, type Links } from './linked-units.ts';
import type { Measured } from './units.rules.ts';

type Kind = 'count' | 'scrap';
type Stored<K extends Kind, R extends CountRow | ScrapRow> = {
  readonly table: Table<R>;
  readonly event: EventContract<z.ZodType<R>>;
  /** Whether a unit without a product says something: where it does not, the event waits for the batch's product. */
  readonly unitNeedsProduct: boolean;
  readonly rowOf: (body: Located<K>['event']['body'], links: Links, product: Measured | undefined) => FieldsOf<R>;
};

/** A batch that is not known yet links its units when it starts. */
export async function applyUnits<K extends Kind, R extends CountRow | ScrapRow>(
  tx: Tx,
  located: readonly Located<K>[],
  now: string,
  { table, event, unitNeedsProduct, rowOf }: Stored<K, R>,
): Promise<Verdict[]> {
  const rows: FieldsOf<R>[] = [];
  const authors: ReturnType<typeof lineSystem>[] = [];
  const cut = new Set<string>();
  const linked = await linkedUnits(tx, located, unitNeedsProduct);
  const verdicts = linked.map(({ event: reported, links, product, isCut, waits }): Verdict => {
    if (waits !== undefined) return waits;
    try {
      rows.push(rowOf(reported.body, links, product));
      authors.push(lineSystem(reported));
      if (isCut && links.batch_id !== null) cut.add(links.batch_id);
      return applied();
    } catch (error) {
      if (error instanceof Problem) return { rejected: error.message };
      throw error;
    }
  });
  await addRows(tx, table, rows, authors, event, now);
  if (authors[0] !== undefined) await recut(tx, cut, authors[0], now);
  return verdicts;
}
