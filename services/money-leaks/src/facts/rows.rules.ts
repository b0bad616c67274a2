/** What the stored rows of facts say about which other rows are needed, and the facts of a line made of them. */
import { MOST_LATE_MS, type Interval, type LineFacts } from '@plantops/accounting';
import type {
  BatchRow,
  CountRow,
  DowntimeRow,
  LineRow,
  PlantRow,
  ProductRow,
  ScrapRow,
  HeldState,
} from '@plantops/contracts';
import { FOREVER, type LineInterval } from './intervals.rules.ts';
import { lineFacts } from './line-facts.rules.ts';

/** A line, its plant, and the interval that is asked about. */
export type LineWindow = { readonly line: LineRow; readonly plant: PlantRow; readonly window: Interval };
/** A plant, its time zone, and the interval that is asked about. */
export type PlantWindow = Interval & { readonly plant_id: string; readonly timezone: string };

/** A stored fact: its owner's row is `data`. */
export type Row = { kind: string; line_id: string; data: object };
export type TimedRow = Row & { began: string; ended: string | null };

/**
 * An interval, widened to the whole of each stop and batch that begins before its end, and to the units that a batch may
 * get after its end. With `upToNow` a batch that has not ended is needed up to now: each of its units lies where the
 * time around it puts it.
 */
export function wholeInterval(
  { line_id, interval }: LineInterval,
  rows: readonly TimedRow[],
  upToNow: boolean,
): LineInterval {
  let { from, to } = interval;
  for (const { kind, began, ended } of rows) {
    const start = Date.parse(began);
    // What begins as the day ends belongs to the next one.
    if (start >= interval.to) continue;
    if (start < from) from = start;
    const late = kind === 'batch' ? MOST_LATE_MS : 0;
    const end = ended !== null ? Date.parse(ended) + late : upToNow && kind === 'batch' ? FOREVER : interval.to;
    if (end > to) to = end;
  }
  return { line_id, interval: { from, to } };
}

export function batchesAmong(rows: readonly Row[]): BatchRow[] {
  return rows.filter(({ kind }) => kind === 'batch').map(({ data }) => data as BatchRow);
}

export function stopsAmong(rows: readonly Row[]): DowntimeRow[] {
  return rows.filter(({ kind }) => kind === 'stop').map(({ data }) => data as DowntimeRow);
}

function unitsAmong(rows: readonly Row[]): (CountRow | ScrapRow)[] {
  return rows.filter(({ kind }) => kind === 'count' || kind === 'scrap').map(({ data }) => data as CountRow | ScrapRow);
}

/** The batches that units name and that are not among the rows: by id, or by line and number. */
export function batchesToFind(
  rows: readonly Row[],
  points: readonly Row[],
): { ids: string[]; numbered: (CountRow | ScrapRow)[] } {
  const known = batchesAmong(rows);
  const ids = new Set(known.map(({ id }) => id));
  const numbers = new Set(known.map(({ line_id, batch_number }) => `${line_id}/${batch_number}`));
  const units = unitsAmong(points);
  return {
    ids: units.flatMap(({ batch_id }) => (batch_id === null || ids.has(batch_id) ? [] : [batch_id])),
    numbered: units.filter(
      ({ line_id, batch_id, batch_number }) =>
        batch_id === null && batch_number !== null && !numbers.has(`${line_id}/${batch_number}`),
    ),
  };
}

/** The lines with units of no batch at the very start of their interval: those were made in the day or shift before. */
export function linesWithUnitsAtStart(intervals: readonly LineInterval[], points: readonly Row[]): Set<string> {
  const starts = new Map(intervals.map(({ line_id, interval }) => [line_id, interval.from]));
  const early = unitsAmong(points).filter(
    ({ line_id, batch_id, at }) => batch_id === null && Date.parse(at) === starts.get(line_id),
  );
  return new Set(early.map(({ line_id }) => line_id));
}

/** The products that rows name. */
export function productsAmong(rows: readonly Row[]): string[] {
  return rows.flatMap(({ data }) =>
    'product_id' in data && typeof data.product_id === 'string' ? [data.product_id] : [],
  );
}

/** What the rows of facts do not say themselves: the costs of products, and the batches of trials. */
export type Prices = { readonly products: readonly ProductRow[]; readonly trialBatches: ReadonlySet<string> };

/** The facts of each line. */
export function factsByLine(
  asked: readonly LineWindow[],
  rows: readonly Row[],
  prices: Prices,
): Map<string, LineFacts> {
  const byLine = Map.groupBy(rows, ({ line_id }) => line_id);
  return new Map(
    asked.map(({ line, plant }) => {
      const ofKind = Map.groupBy(byLine.get(line.id) ?? [], ({ kind }) => kind);
      const dataOf = <R>(kind: string) => (ofKind.get(kind) ?? []).map(({ data }) => data as R);
      const known = {
        line,
        plant,
        ...prices,
        stops: dataOf<DowntimeRow>('stop'),
        batches: dataOf<BatchRow>('batch'),
        counts: dataOf<CountRow>('count'),
        scraps: dataOf<ScrapRow>('scrap'),
        states: dataOf<HeldState>('state'),
      };
      return [line.id, lineFacts(known)] as const;
    }),
  );
}
