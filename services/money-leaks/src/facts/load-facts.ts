/** Loads what a window of some lines depends on, in a fixed number of statements however many lines there are. */
import { localDateOf, midnightsIn, shiftsIn, type Interval, type LineFacts } from '@plantops/accounting';
import type { BatchRow, CountRow, DowntimeRow, LineRow, PlantRow, ProductRow, ScrapRow, StateReport } from '@plantops/contracts';
import { findMaster, type Tx } from '@plantops/persistence';
import { laterBatches } from './later-batches.ts';
import { calendarsOf, lineFacts } from './line-facts.rules.ts';

/** A line, its plant, and the window that is asked of it. */
export type LineWindow = { readonly line: LineRow; readonly plant: PlantRow; readonly window: Interval };

type Row = { kind: string; line_id: string; data: object };
const iso = (at: number) => new Date(at).toISOString();

/** Lines whose plant is known too: without its zone their days cannot be told. */
export const linesWithPlants = async (tx: Tx, lines: readonly LineRow[]): Promise<{ line: LineRow; plant: PlantRow }[]> => {
  const plants = await findMaster<PlantRow>(
    tx,
    'plant',
    lines.map(({ plant_id }) => plant_id),
  );
  return lines.flatMap((line) => {
    const plant = plants.get(line.plant_id);
    return plant ? [{ line, plant }] : [];
  });
};

/** `units`: whether counts are needed as well; `upToNow`: whether all of a batch that runs on is, and not its part in the window alone. */
type Needs = { readonly units: boolean; readonly upToNow?: boolean };

/** The facts of each line for its window. */
export const loadFacts = async (tx: Tx, asked: readonly LineWindow[], needs: Needs): Promise<Map<string, LineFacts>> => {
  const { found, onEdge } = await factsIn(tx, asked, needs);
  if (onEdge.size === 0) return found;
  // What is reported at the very start of a day or shift was made in the one before: those lines are read with it.
  const wider = asked
    .filter(({ line }) => onEdge.has(line.id))
    .map((one) => ({ ...one, window: { ...one.window, from: onEdge.get(one.line.id) as number } }));
  return new Map([...found, ...(await factsIn(tx, wider, needs)).found]);
};

type Found = { readonly found: Map<string, LineFacts>; readonly onEdge: Map<string, number> };
const factsIn = async (tx: Tx, asked: readonly LineWindow[], { units, upToNow = false }: Needs): Promise<Found> => {
  if (asked.length === 0) return { found: new Map(), onEdge: new Map() };
  const { hulls, spans: touching } = await spansAround(tx, asked, upToNow);
  const own = [...touching, ...(await otherPartsOf(tx, touching))];
  const inside = await pointsIn(tx, hulls, units ? ['count', 'scrap', 'state'] : ['scrap', 'state']);
  const spans = [...own, ...(await batchesElsewhere(tx, own, inside))];
  const batches = batchesOf(spans);
  const points = [...inside, ...(await straysOf(tx, hulls, batches, units ? ['count', 'scrap'] : ['scrap']))];
  const trials = await tx.query<{ batch_id: string }>(
    "select batch_id from fact where tenant_id = $1 and kind = 'trial' and batch_id = any($2) and data->>'status' in ('in_progress', 'completed')",
    [tx.tenant, batches.map(({ id }) => id)],
  );
  const products = await findMaster<ProductRow>(
    tx,
    'product',
    [...spans, ...points].flatMap(({ data }) => ('product_id' in data && typeof data.product_id === 'string' ? [data.product_id] : [])),
  );
  const ofLine = Map.groupBy([...spans, ...points], ({ line_id }) => line_id);
  const trialBatches = new Set(trials.map(({ batch_id }) => batch_id));
  const found = new Map(
    asked.map(({ line, plant }) => {
      const rows = ofLine.get(line.id) ?? [];
      const of = <R>(kind: string) => rows.filter((row) => row.kind === kind).map(({ data }) => data as R);
      const known = {
        line,
        plant,
        products: [...products.values()],
        trialBatches,
        stops: of<DowntimeRow>('stop'),
        batches: of<BatchRow>('batch'),
        counts: of<CountRow>('count'),
        scraps: of<ScrapRow>('scrap'),
        states: of<StateReport>('state'),
      };
      return [line.id, lineFacts(known)];
    }),
  );
  const starts = new Map(hulls.map(({ line_id, since }) => [line_id, Date.parse(since)]));
  const loose = inside.filter(({ kind, data }) => kind !== 'state' && (data as CountRow | ScrapRow).batch_id === null);
  const early = loose.filter(({ line_id, data }) => Date.parse((data as CountRow | ScrapRow).at) === starts.get(line_id));
  return { found, onEdge: new Map(early.map(({ line_id }) => [line_id, (starts.get(line_id) as number) - 1])) };
};

type Hull = { line_id: string; since: string; until: string };
const columns = (hulls: readonly Hull[]) => [
  hulls.map(({ line_id }) => line_id),
  hulls.map(({ since }) => since),
  hulls.map(({ until }) => until),
];

type Span = Row & { began: string; ended: string | null };

/**
 * A window's figures depend on the whole of every day, shift, batch and stop that touches it: the spans of the days, and, where some of
 * those reach beyond them, the spans of all that time.
 */
const spansAround = async (tx: Tx, asked: readonly LineWindow[], upToNow: boolean): Promise<{ hulls: Hull[]; spans: Span[] }> => {
  const days = asked.map(({ line, plant, window }) => {
    const { from, to } = wholeDays(plant, window);
    return { line_id: line.id, since: iso(from), until: iso(to) };
  });
  const spans = Map.groupBy(await spansIn(tx, days), ({ line_id }) => line_id);
  const hulls = days.map((day) => hullOf(day, spans.get(day.line_id) ?? [], upToNow));
  const wider = hulls.filter(({ since, until }, index) => since < (days[index]?.since ?? '') || until > (days[index]?.until ?? ''));
  for (const [line_id, all] of Map.groupBy(await spansIn(tx, wider), (span) => span.line_id)) spans.set(line_id, all);
  return { hulls, spans: [...spans.values()].flat() };
};

const spansIn = async (tx: Tx, hulls: readonly Hull[]): Promise<Span[]> =>
  hulls.length === 0
    ? []
    : tx.query<Span>(
        'select kind, line_id, began, ended, data from spans_of($1::uuid[], $2::timestamptz[], $3::timestamptz[])',
        columns(hulls),
      );

const FOREVER = '9999-12-31T00:00:00.000Z';
const hullOf = ({ line_id, since, until }: Hull, spans: readonly Span[], upToNow: boolean): Hull => {
  const hull = { line_id, since, until };
  for (const { kind, began, ended } of spans) {
    // What begins as the day ends belongs to the next one.
    if (began >= until) continue;
    if (began < hull.since) hull.since = began;
    // A batch that runs on has its units up to now, and each lies where the time around it puts it.
    const last = ended ?? (upToNow && kind === 'batch' ? FOREVER : until);
    if (last > hull.until) hull.until = last;
  }
  return hull;
};

/** The parts of split stops that lie outside the hull: a threshold is for the whole. */
const otherPartsOf = async (tx: Tx, spans: readonly Row[]): Promise<Row[]> => {
  const stops = spans.filter(({ kind }) => kind === 'stop').map(({ data }) => data as DowntimeRow);
  const origins = [...new Set(stops.flatMap(({ origin_id }) => origin_id ?? []))];
  if (origins.length === 0) return [];
  return tx.query<Row>(
    "select kind, line_id, data from fact where tenant_id = $1 and kind = 'stop' and data->>'origin_id' = any($2) and id <> all($3::uuid[])",
    [tx.tenant, origins, stops.map(({ id }) => id)],
  );
};

/** What happened in the hulls, and the state that each line was in when its hull began. */
const pointsIn = (tx: Tx, hulls: readonly Hull[], kinds: readonly string[]): Promise<Row[]> =>
  tx.query<Row>(
    `with h as (select * from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as h(line_id, since, until))
     select f.kind, f.line_id, f.data from h join fact f on f.tenant_id = $1 and f.line_id = h.line_id and f.kind in ('count', 'scrap', 'state') and f.kind = any($5) and f.began >= h.since and f.began <= h.until
     union all
     select f.kind, f.line_id, f.data from h cross join lateral
       (select * from fact s where s.tenant_id = $1 and s.line_id = h.line_id and s.kind = 'state' and s.began < h.since order by s.began desc, s.id desc limit 1) f`,
    [tx.tenant, ...columns(hulls), kinds],
  );

const batchesOf = (rows: readonly Row[]): BatchRow[] => rows.filter(({ kind }) => kind === 'batch').map(({ data }) => data as BatchRow);

/** Batches of another time that units of the hulls name: those units are theirs, and not of the batch that runs at that moment. */
const batchesElsewhere = async (tx: Tx, spans: readonly Row[], points: readonly Row[]): Promise<Row[]> => {
  const known = batchesOf(spans);
  const [ids, numbers] = [
    new Set(known.map(({ id }) => id)),
    new Set(known.map(({ line_id, batch_number }) => `${line_id}/${batch_number}`)),
  ];
  const units = points.filter(({ kind }) => kind !== 'state').map(({ data }) => data as CountRow | ScrapRow);
  const byId = units.flatMap(({ batch_id }) => (batch_id === null || ids.has(batch_id) ? [] : [batch_id]));
  const byNumber = units.filter(
    ({ line_id, batch_id, batch_number }) => batch_id === null && batch_number !== null && !numbers.has(`${line_id}/${batch_number}`),
  );
  if (byId.length + byNumber.length === 0) return [];
  return tx.query<Row>(
    `select 'batch' as kind, b.line_id, b.data || jsonb_build_object('completed_at', least(b.ended,
       (select min(n.began) from ${laterBatches('b')}))) as data
     from fact b where b.tenant_id = $1 and b.kind = 'batch' and (b.id = any($2::uuid[])
       or (b.line_id, b.batch_number) in (select * from unnest($3::uuid[], $4::text[])))`,
    [tx.tenant, byId, byNumber.map(({ line_id }) => line_id), byNumber.map(({ batch_number }) => batch_number)],
  );
};

/** Units that name one of these batches, by id or by number, but lie outside the hull: booked the day after, or with a wrong clock. */
const straysOf = async (tx: Tx, hulls: readonly Hull[], batches: readonly BatchRow[], kinds: readonly string[]): Promise<Row[]> =>
  batches.length === 0
    ? []
    : tx.query<Row>(
        `with h as (select * from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as h(line_id, since, until)),
              b as (select * from unnest($6::uuid[], $7::uuid[], $8::text[]) as b(id, line_id, batch_number)),
              u as (select f.* from b join fact f on f.tenant_id = $1 and f.kind in ('count', 'scrap') and f.batch_id = b.id
                    union all select f.* from b join fact f on f.tenant_id = $1 and f.kind in ('count', 'scrap') and f.batch_id is null and f.line_id = b.line_id and f.batch_number = b.batch_number)
         select u.kind, u.line_id, u.data from u join h on h.line_id = u.line_id where u.kind = any($5) and not (u.began >= h.since and u.began <= h.until)`,
        [
          tx.tenant,
          ...columns(hulls),
          kinds,
          batches.map(({ id }) => id),
          batches.map(({ line_id }) => line_id),
          batches.map(({ batch_number }) => batch_number),
        ],
      );

/** The local days and shifts that a window touches, whole: no cell of the ladder reaches beyond them. */
export const wholeDays = (plant: PlantRow, window: Interval): Interval => {
  const days = { from: startOfDay(plant.timezone, window.from), to: endOfDay(plant.timezone, window.to - 1) };
  const shifts = shiftsIn({ timezone: plant.timezone, calendars: calendarsOf(plant) }, days);
  return { from: Math.min(days.from, ...shifts.map(({ from }) => from)), to: Math.max(days.to, ...shifts.map(({ to }) => to)) };
};

const DAY_AND_A_HALF_MS = 36 * 3_600_000;
/** The local midnight at or before an instant. */
const startOfDay = (timezone: string, at: number): number =>
  midnightsIn(timezone, { from: at - DAY_AND_A_HALF_MS, to: at + 1 }).at(-1) ?? at;
/** The first local midnight after an instant. */
const endOfDay = (timezone: string, at: number): number => midnightsIn(timezone, { from: at, to: at + DAY_AND_A_HALF_MS })[0] ?? at;

/** The local day that an instant lies in, cut at nothing. */
export const dayOf = (timezone: string, at: number): Interval & { readonly date: string } => ({
  from: startOfDay(timezone, at),
  to: endOfDay(timezone, at),
  date: localDateOf(timezone, at),
});
