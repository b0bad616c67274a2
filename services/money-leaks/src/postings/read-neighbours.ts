/**
 * Reads what lies beside changed facts, before anything is decided: a statement for each kind of neighbour that they
 * can have.
 */
import { MOST_LATE_MS } from '@plantops/accounting';
import type { Tx } from '@plantops/persistence';
import type { Fact } from '../facts/fact.rules.ts';
import { startingEarlier, type LineInterval } from '../facts/intervals.rules.ts';
import { locate, type Located } from '../facts/read-rows.ts';
import { columnsOf, laterBatches, overlapping, saysRuns } from '../facts/sql.ts';
import { isPoint } from './affected.rules.ts';
import {
  isLoose,
  byDay,
  changedIntervals,
  originsOf,
  shiftsAround,
  withWholeBatches,
  type Changed,
  type Lasting,
  type NamedBatch,
  type Neighbours,
  type Parts,
} from './changed-intervals.rules.ts';

type LooseScrap = { readonly line_id: string; readonly began: string };
type AllNeighbours = Neighbours & {
  readonly changed: readonly Changed[];
  readonly lines: ReadonlyMap<string, Located>;
  readonly looseScraps: readonly LooseScrap[];
};

/**
 * The neighbours of facts as they are and as they were before; the intervals that those change, with their lines; and
 * loose scrap in them.
 */
export async function readNeighbours(tx: Tx, facts: readonly Fact[], now: string): Promise<AllNeighbours> {
  const at = Date.parse(now);
  const batches = facts.filter(({ kind }) => kind === 'batch');
  const [namedBatches, parts, unitsNaming, nextBatches, points] = await Promise.all([
    readNamedBatches(tx, facts),
    readParts(tx, originsOf(facts), now),
    readUnitsNaming(tx, batches),
    readNextBatches(tx, batches),
    readPointNeighbours(tx, facts.filter(isPoint), now),
  ]);
  const neighbours = { namedBatches, parts, unitsNaming, nextBatches, points };
  const intervals = changedIntervals(facts, neighbours, at);
  const changed = withWholeBatches(intervals, await readBatchesIn(tx, intervals), at);
  const lines = await locate(
    tx,
    changed.map(({ line_id }) => line_id),
  );
  return { ...neighbours, changed, lines, looseScraps: await readLooseScraps(tx, changed, lines) };
}

/** The batches that counts, scrap and trials name, by id or by number. */
async function readNamedBatches(tx: Tx, facts: readonly Fact[]): Promise<NamedBatch[]> {
  const naming = facts.filter(({ kind }) => kind === 'count' || kind === 'scrap' || kind === 'trial');
  if (naming.length === 0) return [];
  return tx.query<NamedBatch>(
    `with n as (
       select * from jsonb_to_recordset($2::jsonb) as n(id uuid, line_id uuid, batch_id uuid, batch_number text)),
     b as (
       select n.id as named_by, f.*
       from n
       join fact f on f.tenant_id = $1 and f.kind = 'batch' and f.id = n.batch_id
       union
       select n.id, f.*
       from n
       join fact f
         on f.tenant_id = $1 and f.kind = 'batch' and f.line_id = n.line_id and f.batch_number = n.batch_number
         and n.batch_id is null)
     select b.named_by, b.id, b.line_id, b.began, b.ended,
       b.ended is not null or (
         not ${saysRuns('b')} and exists (select from ${laterBatches('b')})) as is_closed
     from b`,
    [
      tx.tenant,
      JSON.stringify(
        naming.map(({ id, line_id, batch_id, batch_number }) => ({ id, line_id, batch_id, batch_number })),
      ),
    ],
  );
}

/** The parts of split stops, by the whole. */
async function readParts(tx: Tx, origins: readonly string[], now: string): Promise<Parts[]> {
  if (origins.length === 0) return [];
  return tx.query<Parts>(
    `select line_id, data->>'origin_id' as origin_id, min(began) as began,
       max(coalesce(ended, began)) as ended, max(coalesce(ended, $3)) as until
     from fact
     where tenant_id = $1 and kind = 'stop' and data->>'origin_id' = any($2)
     group by line_id, data->>'origin_id'`,
    [tx.tenant, origins, now],
  );
}

/** The counts and scrap that name these batches, by id or by number. */
async function readUnitsNaming(tx: Tx, batches: readonly Fact[]): Promise<Neighbours['unitsNaming']> {
  if (batches.length === 0) return [];
  return tx.query(
    `select u.line_id, u.began, u.batch_id
     from fact u
     where u.tenant_id = $1 and u.kind in ('count', 'scrap') and u.batch_id = any($2::uuid[])
     union all
     select u.line_id, u.began, b.id
     from unnest($2::uuid[], $3::uuid[], $4::text[]) as b(id, line_id, batch_number)
     join fact u
       on u.tenant_id = $1 and u.kind in ('count', 'scrap') and u.batch_id is null
       and u.line_id = b.line_id and u.batch_number = b.batch_number`,
    [
      tx.tenant,
      batches.map(({ id }) => id),
      batches.map(({ line_id }) => line_id),
      batches.map(({ batch_number }) => batch_number),
    ],
  );
}

/** When the batch after each of these begins. */
async function readNextBatches(tx: Tx, batches: readonly Fact[]): Promise<Map<Fact, string | null>> {
  if (batches.length === 0) return new Map();
  const rows = await tx.query<{ n: number; next: string | null }>(
    `select b.n, (select min(n.began) from ${laterBatches('b')}) as next
     from jsonb_to_recordset($2::jsonb) as b(n integer, id uuid, line_id uuid, began timestamptz)`,
    [tx.tenant, JSON.stringify(batches.map(({ id, line_id, began }, n) => ({ n, id, line_id, began })))],
  );
  return new Map(rows.map(({ n, next }) => [batches[n] as Fact, next]));
}

/**
 * Postings depend on a count where it lies in a closed batch. They depend on a state, which lasts to the next one and
 * ends what was left open before it, where a closed batch lies in that time or scrap was logged since.
 */
async function readPointNeighbours(tx: Tx, points: readonly Fact[], now: string): Promise<Neighbours['points']> {
  if (points.length === 0) return new Map();
  const states = await readStates(
    tx,
    points.filter(({ kind }) => kind === 'state'),
  );
  const lasting = points.map((point): Changed & { readonly point: Fact } => {
    const from = Date.parse(point.began);
    const next = states.get(point)?.next_state;
    const to = next === undefined ? from : next === null ? Math.max(from, Date.parse(now)) : Date.parse(next);
    return { point, line_id: point.line_id, interval: { from, to }, is_loose: false };
  });
  // A batch has the count that comes as it ends, and one without a batch that comes a little later.
  const batches = await readBatchesIn(tx, startingEarlier(byDay(lasting), MOST_LATE_MS + 1));
  const closed = Map.groupBy(
    batches.filter(({ ended }) => ended !== null),
    ({ line_id }) => line_id,
  );
  return new Map(
    lasting.map(({ point, line_id, interval: { from, to } }) => {
      const late = point.kind === 'count' && isLoose(point) ? MOST_LATE_MS : 0;
      const inBatch = (closed.get(line_id) ?? []).some(
        ({ began, ended }) => Date.parse(began) <= to && Date.parse(ended as string) + late >= from,
      );
      const state = states.get(point);
      return [point, { next_state: state?.next_state ?? null, is_posted: inBatch || state?.has_scrap === true }];
    }),
  );
}

/** When the next state of the line begins, and whether scrap was logged since a state. */
async function readStates(
  tx: Tx,
  states: readonly Fact[],
): Promise<Map<Fact, { readonly next_state: string | null; readonly has_scrap: boolean }>> {
  if (states.length === 0) return new Map();
  const rows = await tx.query<{ n: number; next_state: string | null; has_scrap: boolean }>(
    `select p.n,
       (select min(s.began) from fact s
        where s.tenant_id = $1 and s.line_id = p.line_id and s.kind = 'state' and s.began > p.at
          and s.data->>'voided_at' is null) as next_state,
       exists (
         select from fact s
         where s.tenant_id = $1 and s.line_id = p.line_id and s.kind = 'scrap' and s.began >= p.at) as has_scrap
     from jsonb_to_recordset($2::jsonb) as p(n integer, line_id uuid, at timestamptz)`,
    [tx.tenant, JSON.stringify(states.map(({ line_id, began }, n) => ({ n, line_id, at: began })))],
  );
  return new Map(rows.map(({ n, ...state }) => [states[n] as Fact, state]));
}

/** The batches that overlap the intervals. One that nobody completed ends as the next one begins. */
async function readBatchesIn(tx: Tx, intervals: readonly LineInterval[]): Promise<Lasting[]> {
  return tx.query<Lasting>(
    `select distinct line_id, began, ended
     from (${overlapping(`'batch'`)}) b`,
    [tx.tenant, ...columnsOf(intervals)],
  );
}

/** Scrap of no batch, or of none that is known, in the shifts that the intervals overlap. */
async function readLooseScraps(
  tx: Tx,
  changed: readonly Changed[],
  lines: ReadonlyMap<string, Located>,
): Promise<LooseScrap[]> {
  const shifts = changed.flatMap(({ line_id, interval }) => {
    const plant = lines.get(line_id)?.plant;
    return plant === undefined ? [] : [{ line_id, interval: shiftsAround(plant, interval) }];
  });
  if (shifts.length === 0) return [];
  return tx.query<LooseScrap>(
    `select distinct s.line_id, s.began
     from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as i(line_id, since, until)
     join fact s
       on s.tenant_id = $1 and s.kind = 'scrap' and s.line_id = i.line_id and s.began between i.since and i.until
     where not exists (
         select from fact b
         where b.tenant_id = $1 and b.kind = 'batch' and b.id = s.batch_id)
       and not exists (
         select from fact b
         where b.tenant_id = $1 and b.kind = 'batch' and b.line_id = s.line_id and b.batch_number = s.batch_number
           and s.batch_id is null)`,
    [tx.tenant, ...columnsOf(shifts)],
  );
}
