/** The counts that follow from the readings of a counter. */
import { countAmended, countLogged, Problem, type CountRow } from '@plantops/contracts';
import { addRows, announce, announcement, columnsOf, updateRow, type FieldsOf, type Tx } from '@plantops/persistence';
import { batchesOf } from '../batches/batches-of.ts';
import { recut } from '../batches/recut.ts';
import { UnitCount } from '../counts/unit-count.table.ts';
import { measuredProducts } from '../units/measured-products.ts';
import { countIn, multiplied } from '../units/units.rules.ts';
import { inForce } from '../versions.rules.ts';
import { differencesOf, type Reading, type Versions } from './counter.rules.ts';
import type { CounterOf } from './stored-readings.ts';

/** What the line says of its counters; who changes the counts, where it is not the sender of each reading. */
type Known = { readonly versions: Versions; readonly actor?: string };
/** Readings one an instant, in order of time; those that are affected have three neighbours on each side, if there are. */
type Readings = { readonly readings: readonly Reading[]; readonly affected: ReadonlySet<Reading> };
type Count = FieldsOf<CountRow> & { readonly id: string };

/**
 * Adds and amends the counts of the affected readings. A count that says nothing any more stays, with no units. A voided
 * count stays as it is, and what a late reading takes from it is voided, too.
 */
export async function deriveCounts(
  tx: Tx,
  of: CounterOf,
  { versions, actor: corrector }: Known,
  { readings, affected }: Readings,
  now: string,
): Promise<void> {
  const differences = differencesOf(readings, versions);
  const added = readings.flatMap((reading, index) =>
    affected.has(reading) ? [{ reading, difference: differences[index] as number, next: readings[index + 1] }] : [],
  );
  const [known, { countOf, cut }] = await Promise.all([
    countsOf(
      tx,
      readings.map(({ id }) => id),
    ),
    placing(
      tx,
      of,
      added.map(({ reading }) => reading),
    ),
  ]);
  const fresh: { count: Count; actor: string }[] = [];
  const amended: { row: CountRow; actor: string }[] = [];
  for (const { reading, difference, next } of added) {
    const actor = corrector ?? reading.actor;
    const row = known.get(reading.id);
    const count = countOf(reading, difference, inForce(versions, reading.at).units_per_pulse ?? 1);
    if (count === undefined || (row?.voided_at ?? null) !== null) continue;
    if (row === undefined) {
      // What a person took back was counted up to the next reading: a late one brings none of it back.
      const { voided_at = null, void_reason = null } = known.get(next?.id ?? '') ?? {};
      if (count.good + count.reject > 0) fresh.push({ count: { ...count, voided_at, void_reason }, actor });
      continue;
    }
    const differs = Object.entries(count).filter(([field, value]) => row[field as keyof CountRow] !== value);
    if (differs.length === 0) continue;
    amended.push({ row: await updateRow(tx, UnitCount, row, Object.fromEntries(differs), { actor }, now), actor });
  }
  const authors = fresh.map(({ actor }) => ({ actor }));
  await addRows(
    tx,
    UnitCount,
    fresh.map(({ count }) => count),
    authors,
    countLogged,
    now,
  );
  const [first] = amended;
  if (first !== undefined)
    await announce(
      tx,
      amended.map(({ row, actor }) => ({ ...announcement(countAmended, row, row.id), cause: { actor } })),
      first,
      now,
    );
  const [author = first] = authors;
  if (author !== undefined) await recut(tx, cut, author, now);
}

async function countsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, CountRow>> {
  const rows = await tx.query<CountRow>(
    `select ${columnsOf(UnitCount)} from unit_count where tenant_id = $1 and id = any($2::uuid[]) order by id for update`,
    [tx.tenant, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

type Placing = {
  /** The count that a reading makes by its difference; undefined where it cannot be stored: what was stored stays. */
  readonly countOf: (reading: Reading, difference: number, perPulse: number) => Count | undefined;
  /** The batches of the readings that others cut. */
  readonly cut: ReadonlySet<string>;
};
async function placing(tx: Tx, { line_id, counter }: CounterOf, readings: readonly Reading[]): Promise<Placing> {
  const batchOf = await batchesOf(
    tx,
    readings.map(({ batch_number }) => ({ line_id, batch_number: batch_number ?? undefined })),
  );
  const linked = new Map(
    readings.map((reading) => {
      const batch = batchOf(line_id, reading.batch_number ?? undefined);
      return [reading, { batch_id: batch?.id ?? null, product_id: reading.product_id ?? batch?.product_id ?? null }];
    }),
  );
  const products = await measuredProducts(
    tx,
    [...linked.values()].flatMap(({ product_id }) => product_id ?? []),
  );
  const batches = readings.flatMap(({ batch_number }) => batchOf(line_id, batch_number ?? undefined) ?? []);
  const cut = new Set(batches.filter(({ is_cut }) => is_cut).map(({ id }) => id));
  const countOf: Placing['countOf'] = (reading, difference, perPulse) => {
    const { id, at, batch_number, unit } = reading;
    const { batch_id, product_id } = linked.get(reading) as { batch_id: string | null; product_id: string | null };
    try {
      const given = { good: 0, reject: 0, [counter]: multiplied(difference, perPulse), unit: unit ?? undefined };
      const stored = countIn(products.get(product_id ?? ''), given);
      return { id, line_id, batch_id, batch_number, product_id, at, ...stored, voided_at: null, void_reason: null };
    } catch (error) {
      if (error instanceof Problem) return undefined;
      throw error;
    }
  };
  return { countOf, cut };
}
