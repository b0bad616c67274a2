/** The facts of a line as the accounting reads them, made of the rows of their owners. */
import { LRUCache } from 'lru-cache';
import {
  calendarVersions,
  noFacts,
  type Batch,
  type Count,
  type LineFacts,
  type RunningSpan,
  type Scrap,
  type Stop,
} from '@plantops/accounting';
import {
  seqOf,
  type BatchBefore,
  type BatchRow,
  type CountRow,
  type DowntimeRow,
  type HeldState,
  type LineRow,
  type PlantRow,
  type ProductRow,
  type ScrapRow,
} from '@plantops/contracts';

const ms = (at: string) => Date.parse(at);
const msOrNull = (at: string | null) => (at === null ? null : Date.parse(at));
const text = (value: number) => String(value);
const textOrNull = (value: number | null) => (value === null ? null : String(value));

/** A stop in the words of the accounting. */
export function stopOf(row: DowntimeRow): Stop {
  return {
    id: row.id,
    from: ms(row.start_time),
    to: msOrNull(row.end_time),
    reason_category: row.reason_category,
    reason_code: row.reason_code,
    is_planned: row.is_planned,
    ...flagsOf(row),
    phase: row.phase,
    batch_id: row.batch_id,
    micro_stop_seconds: null,
    acknowledged_at: msOrNull(row.acknowledged_at),
    // Facts of an older version of their owner lack the fields that came later.
    origin_id: row.origin_id ?? null,
  };
}
const FAILURES: ReadonlySet<string> = new Set(['mechanical', 'electrical', 'controls']);
const flagsOf = (row: Partial<DowntimeRow>) => ({
  is_excluded: row.is_excluded ?? false,
  is_failure: row.is_failure ?? FAILURES.has(row.reason_category ?? ''),
  is_unavoidable: row.is_unavoidable ?? false,
});

/** A batch in the words of the accounting; `trial`: its time counts as a planned stop. */
export function batchOf({ runs = null, cut_at = null, ...row }: BatchBefore, trial: boolean): Batch {
  return {
    id: row.id,
    product_id: row.product_id,
    from: ms(row.started_at as string),
    to: msOrNull(row.completed_at ?? row.cancelled_at ?? cut_at),
    closed: (row.status !== 'running' && row.status !== 'paused') || cut_at !== null,
    runs: runs?.map(({ from, to }) => ({ from: ms(from), to: msOrNull(to) })) ?? null,
    cut: cut_at !== null,
    totals: {
      good_count: textOrNull(row.good_count),
      scrap_count: textOrNull(row.scrap_count),
      startup_scrap_count: textOrNull(row.startup_scrap_count),
      rework_count: textOrNull(row.rework_count),
    },
    material_input: textOrNull(row.material_input),
    trial,
  };
}

const countOf = (row: CountRow, batchId: string | null): Count => ({
  id: row.id,
  at: ms(row.at),
  good: text(row.good),
  reject: text(row.reject),
  batch_id: batchId,
  is_named: row.batch_id !== null || row.batch_number !== null,
  product_id: row.product_id,
});
const scrapOf = (row: ScrapRow, batchId: string | null): Scrap => ({
  id: row.id,
  at: ms(row.at),
  quantity: text(row.quantity),
  disposition: row.disposition,
  phase: row.phase,
  batch_id: batchId,
  is_named: row.batch_id !== null || row.batch_number !== null,
  product_id: row.product_id,
  unit_cost: textOrNull(row.unit_cost),
  given: givenOf(row),
});
/** Rows of the version before lack what was given. */
const givenOf = ({ given_quantity: quantity = null, given_unit_cost: unit_cost = null }: Partial<ScrapRow>) =>
  quantity === null || unit_cost === null ? null : { quantity: text(quantity), unit_cost: text(unit_cost) };

/** The silence of a stop that was voided is none. */
type KnownState = HeldState & { readonly voided_at?: string | null };

/**
 * The intervals in which the line reported that it was running. Of the reports of one instant those with the highest
 * seq count; where they contradict each other, the stop that follows from them says that the line did not run. A
 * departure from running that is too short to be a stop is running time.
 */
const runningOf = (reports: readonly KnownState[], versions: LineRow['versions']): RunningSpan[] => {
  const instants = Map.groupBy(reports, ({ at }) => at);
  const heard = [...instants].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([at, here]) => ({ at, runs: runs(here) }));
  const spans: { from: number; to: number | null }[] = [];
  for (const { at, runs: isRunning } of heard) {
    const last = spans.at(-1);
    if (!isRunning) {
      if (last?.to === null) last.to = ms(at);
      continue;
    }
    const isNoise = typeof last?.to === 'number' && ms(at) - last.to < ignoredMs(versions, last.to);
    if (last && isNoise) last.to = null;
    else if (last?.to !== null) spans.push({ from: ms(at), to: null });
  }
  // One that has just begun is running time until it is long enough.
  const end = spans.at(-1);
  if (end && end.to !== null) end.to += ignoredMs(versions, end.to);
  return spans;
};

const runs = (reports: readonly KnownState[]): boolean => {
  const last = Math.max(...reports.map(seqOf));
  return reports.some((report) => report.state === 'running' && seqOf(report) === last);
};

const ignoredMs = (versions: LineRow['versions'], at: number): number =>
  1000 * (settingsAt(versions, at)?.ignore_stop_seconds ?? 0);

/** The settings of a line that are in force at an instant. */
export function settingsAt(versions: LineRow['versions'], at: number): LineRow['versions'][number] | undefined {
  return versions.findLast(({ valid_from }) => valid_from === null || ms(valid_from) <= at) ?? versions[0];
}

/** The accounting remembers the shifts of a calendar by its object, so the same calendars are the same object. */
const calendars = new LRUCache<string, LineFacts['calendars']>({
  maxSize: 32 * 1024 * 1024,
  sizeCalculation: (versions, key) =>
    2 * key.length + versions.reduce((sum, { value }) => sum + bytesOfShifts(value), 0),
});
/** The accounting keeps the shifts of so many days of a calendar. */
const KEPT_DAYS = 800;
const BYTES_OF_SHIFT = 256;

/** About as many bytes as the shifts of a calendar and their breaks take when all days are kept. */
export function bytesOfShifts(calendar: LineFacts['calendars'][number]['value']): number {
  const shifts = (calendar?.weekly ?? []).reduce(
    (sum, { breaks, weekdays }) => sum + weekdays.length * (1 + breaks.length),
    0,
  );
  return Math.ceil((KEPT_DAYS / 7) * shifts) * BYTES_OF_SHIFT;
}

export function calendarsOf(plant: Partial<PlantRow>): LineFacts['calendars'] {
  const key = JSON.stringify(plant.calendars ?? []);
  let known = calendars.get(key);
  if (known === undefined) {
    known = calendarVersions(plant.calendars ?? []);
    calendars.set(key, known);
  }
  return known;
}
const ratesOf = (product: Partial<ProductRow>, lineId: string) =>
  (product.rates ?? [])
    .filter(({ line_id }) => line_id === lineId)
    .map(({ valid_from, ideal_cycle_seconds }) => ({
      valid_from: msOrNull(valid_from),
      value: textOrNull(ideal_cycle_seconds),
    }));

/** The rows that the facts of a line are made of. */
export type KnownOfLine = {
  readonly line: LineRow;
  readonly plant: PlantRow;
  readonly products: readonly ProductRow[];
  readonly stops: readonly DowntimeRow[];
  readonly batches: readonly BatchRow[];
  readonly counts: readonly CountRow[];
  readonly scraps: readonly ScrapRow[];
  readonly states: readonly KnownState[];
  readonly trialBatches: ReadonlySet<string>;
};

/**
 * The facts of a line. Voided rows are left out; units name their batch by id, or by number where they came before it
 * was known.
 */
export function lineFacts(known: KnownOfLine): LineFacts {
  const byNumber = new Map(known.batches.map(({ id, batch_number }) => [batch_number, id]));
  const batchIdOf = ({ batch_id, batch_number }: { batch_id: string | null; batch_number: string | null }) =>
    batch_id ?? byNumber.get(batch_number ?? '') ?? null;
  return {
    ...noFacts,
    timezone: known.plant.timezone,
    calendars: calendarsOf(known.plant),
    rates: new Map(known.products.map((product) => [product.id, ratesOf(product, known.line.id)])),
    prices: known.line.versions.map(({ valid_from, ...price }) => ({
      valid_from: msOrNull(valid_from),
      value: {
        hourly_cost: text(price.hourly_cost),
        ideal_cycle_seconds: text(price.ideal_cycle_seconds),
        micro_stop_seconds: price.micro_stop_seconds,
        ...(price.late_unit_seconds === undefined ? {} : { late_unit_seconds: price.late_unit_seconds }),
        ...(price.count_basis === undefined ? {} : { count_basis: price.count_basis }),
      },
    })),
    products: new Map(
      known.products.map(({ id, versions }) => [
        id,
        versions.map(({ valid_from, ...costs }) => ({
          valid_from: msOrNull(valid_from),
          value: {
            unit_cost: text(costs.unit_cost),
            salvage_value: text(costs.salvage_value),
            cost_basis: costs.cost_basis,
            material_cost: textOrNull(costs.material_cost),
          },
        })),
      ]),
    ),
    stops: known.stops.filter(({ voided_at }) => voided_at === null).map(stopOf),
    batches: known.batches.map((row) => batchOf(row, known.trialBatches.has(row.id))),
    counts: known.counts.filter((row) => (row.voided_at ?? null) === null).map((row) => countOf(row, batchIdOf(row))),
    scraps: known.scraps.filter(({ voided_at }) => voided_at === null).map((row) => scrapOf(row, batchIdOf(row))),
    running: runningOf(
      known.states.filter(({ voided_at }) => (voided_at ?? null) === null),
      known.line.versions,
    ),
  };
}
