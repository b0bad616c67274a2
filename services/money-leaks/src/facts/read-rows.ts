/** The statements that read facts: each for many lines at once. */
import type { BatchRow, LineRow, PlantRow, ProductRow } from '@plantops/contracts';
import { findMaster, type Tx } from '@plantops/persistence';
import { iso, type LineInterval } from './intervals.rules.ts';
import {
  batchesAmong,
  batchesToFind,
  productsAmong,
  stopsAmong,
  type Prices,
  type Row,
  type TimedRow,
} from './rows.rules.ts';
import { columnsOf, laterBatches, overlapping, saysRuns } from './sql.ts';

export type Located = { readonly line: LineRow; readonly plant: PlantRow };

/** Lines whose plant is known: without its time zone a line has no days. */
export async function linesWithPlants(tx: Tx, lines: readonly LineRow[]): Promise<Located[]> {
  const plantIds = lines.map(({ plant_id }) => plant_id);
  const plants = await findMaster<PlantRow>(tx, 'plant', plantIds);
  return lines.flatMap((line) => {
    const plant = plants.get(line.plant_id);
    return plant ? [{ line, plant }] : [];
  });
}

/** Lines by id, with their plants. Those of which one of the two is not known are missing. */
export async function locate(tx: Tx, lineIds: readonly string[]): Promise<Map<string, Located>> {
  const lines = await findMaster<LineRow>(tx, 'line', lineIds);
  const located = await linesWithPlants(tx, [...lines.values()]);
  return new Map(located.map((one) => [one.line.id, one]));
}

/** Stops and batches that overlap the intervals. A batch that nobody completed ends as the next one begins. */
export async function readStopsAndBatches(tx: Tx, intervals: readonly LineInterval[]): Promise<TimedRow[]> {
  if (intervals.length === 0) return [];
  return tx.query<TimedRow>(overlapping(`'stop', 'batch'`), [tx.tenant, ...columnsOf(intervals)]);
}

/** The other parts of split stops: a threshold is for the whole. */
export async function readOtherParts(tx: Tx, rows: readonly Row[]): Promise<Row[]> {
  const stops = stopsAmong(rows);
  const origins = [...new Set(stops.flatMap(({ origin_id }) => origin_id ?? []))];
  if (origins.length === 0) return [];
  return tx.query<Row>(
    `select kind, line_id, data
     from fact
     where tenant_id = $1 and kind = 'stop' and data->>'origin_id' = any($2) and id <> all($3::uuid[])`,
    [tx.tenant, origins, stops.map(({ id }) => id)],
  );
}

const POINTS_IN = `
  with i as (
    select * from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as i(line_id, since, until))
  select f.kind, f.line_id, f.data
  from i
  join fact f
    on f.tenant_id = $1 and f.line_id = i.line_id and f.kind in ('count', 'scrap', 'state') and f.kind = any($5)
    and f.began >= i.since and f.began <= i.until`;
const LAST_STATES_BEFORE = `
  union all
  select f.kind, f.line_id, f.data
  from i
  cross join lateral (
    select * from fact s
    where s.tenant_id = $1 and s.line_id = i.line_id and s.kind = 'state' and s.began < i.since
      and s.data->>'voided_at' is null
    order by s.began desc
    fetch first row with ties) f`;

/**
 * Counts, scrap and states in the intervals, both ends included; where states are asked for, also those of the last
 * instant before each interval.
 */
export async function readPoints(
  tx: Tx,
  intervals: readonly LineInterval[],
  kinds: readonly Row['kind'][],
): Promise<Row[]> {
  if (intervals.length === 0) return [];
  const text = kinds.includes('state') ? POINTS_IN + LAST_STATES_BEFORE : POINTS_IN;
  return tx.query<Row>(text, [tx.tenant, ...columnsOf(intervals), kinds]);
}

/** Batches of another time that units name: those units are theirs, not of the batch that runs at that moment. */
export async function readBatchesElsewhere(tx: Tx, rows: readonly Row[], points: readonly Row[]): Promise<Row[]> {
  const { ids, numbered } = batchesToFind(rows, points);
  if (ids.length + numbered.length === 0) return [];
  const [lines, numbers] = [numbered.map(({ line_id }) => line_id), numbered.map(({ batch_number }) => batch_number)];
  return tx.query<Row>(
    `select 'batch' as kind, b.line_id,
       case when ${saysRuns('b')} then b.data else b.data || jsonb_build_object('completed_at', least(b.ended, (
         select min(n.began) from ${laterBatches('b')}))) end as data
     from fact b
     where b.tenant_id = $1 and b.kind = 'batch'
       and (b.id = any($2::uuid[]) or (b.line_id, b.batch_number) in (select * from unnest($3::uuid[], $4::text[])))`,
    [tx.tenant, ids, lines, numbers],
  );
}

/**
 * Units that name one of these batches, by id or by number, but lie outside the interval of their line: logged a day
 * later, or by a wrong clock. Counts of the lines in `counted` only, scrap of all.
 */
export async function readUnitsElsewhere(
  tx: Tx,
  intervals: readonly LineInterval[],
  batches: readonly BatchRow[],
  counted: ReadonlySet<string>,
): Promise<Row[]> {
  if (batches.length === 0 || intervals.length === 0) return [];
  // Batches go in as arrays: the planner knows how long those are, and a batch may have thousands of counts.
  return tx.query<Row>(
    `with i as (
       select * from jsonb_to_recordset($2::jsonb) as i(
         line_id uuid, since timestamptz, until timestamptz, is_counted boolean)),
     u as (
       select f.*
       from fact f
       where f.tenant_id = $1 and f.kind in ('count', 'scrap') and f.batch_id = any($3::uuid[])
       union all
       select f.*
       from unnest($4::uuid[], $5::text[]) as b(line_id, batch_number)
       join fact f
         on f.tenant_id = $1 and f.kind in ('count', 'scrap') and f.batch_id is null
         and f.line_id = b.line_id and f.batch_number = b.batch_number)
     select u.kind, u.line_id, u.data
     from u
     join i on i.line_id = u.line_id
     where (u.kind = 'scrap' or i.is_counted) and not (u.began >= i.since and u.began <= i.until)`,
    [
      tx.tenant,
      JSON.stringify(
        intervals.map(({ line_id, interval }) => ({
          line_id,
          since: iso(interval.from),
          until: iso(interval.to),
          is_counted: counted.has(line_id),
        })),
      ),
      batches.map(({ id }) => id),
      batches.map(({ line_id }) => line_id),
      batches.map(({ batch_number }) => batch_number),
    ],
  );
}

/** The products that the rows name, and which of their batches belong to trials. */
export async function readPrices(tx: Tx, rows: readonly Row[]): Promise<Prices> {
  const [batchIds, productIds] = [batchesAmong(rows).map(({ id }) => id), productsAmong(rows)];
  const products = productIds.length === 0 ? [] : (await findMaster<ProductRow>(tx, 'product', productIds)).values();
  return {
    products: [...products],
    trialBatches: batchIds.length === 0 ? new Set() : await readTrialBatches(tx, batchIds),
  };
}

async function readTrialBatches(tx: Tx, batchIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ batch_id: string }>(
    `select batch_id
     from fact
     where tenant_id = $1 and kind = 'trial' and batch_id = any($2)
       and data->>'status' in ('in_progress', 'completed')`,
    [tx.tenant, batchIds],
  );
  return new Set(rows.map(({ batch_id }) => batch_id));
}
