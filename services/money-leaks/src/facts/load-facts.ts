/** Loads what intervals of lines depend on, in a fixed number of statements however many lines there are. */
import { MOST_LATE_MS, type LineFacts } from '@plantops/accounting';
import type { Tx } from '@plantops/persistence';
import { wholeDays } from './days.rules.ts';
import { startingEarlier, type LineInterval } from './intervals.rules.ts';
import {
  readBatchesElsewhere,
  readOtherParts,
  readPoints,
  readPrices,
  readStopsAndBatches,
  readUnitsElsewhere,
} from './read-rows.ts';
import {
  batchesAmong,
  factsByLine,
  linesWithUnitsAtStart,
  wholeInterval,
  type LineWindow,
  type Row,
  type TimedRow,
} from './rows.rules.ts';

/** `upToNow`: all of a batch that has not ended is needed, not only its part in the window. */
type Needs = { readonly counts: boolean; readonly upToNow: boolean };

/** The rows that windows of lines depend on. */
type Rows = {
  readonly asked: readonly LineWindow[];
  readonly intervals: readonly LineInterval[];
  readonly stopsAndBatches: readonly Row[];
  readonly points: readonly Row[];
  /** Lines whose counts are among the points. */
  readonly counted: ReadonlySet<string>;
  readonly startsEarlier: boolean;
};
/**
 * Lines with units at the very start of their interval are read again, beginning earlier: they make a part of their
 * own.
 */
type Parts = readonly Rows[];

/** The facts of each line for its window; without `counts` only what stops, batches and scrap depend on. */
export async function loadFacts(
  tx: Tx,
  asked: readonly LineWindow[],
  { counts }: Pick<Needs, 'counts'>,
): Promise<Map<string, LineFacts>> {
  return completeFacts(tx, await loadRows(tx, asked, { counts, upToNow: false }));
}

/** Reads stops, batches, scrap and states, and the counts where they are needed. */
export async function loadRows(tx: Tx, asked: readonly LineWindow[], needs: Needs): Promise<Parts> {
  const rows = await readRows(tx, asked, needs);
  return startEarlier(tx, rows, linesWithUnitsAtStart(rows.intervals, rows.points), needs);
}

/** Reads the counts of these lines as well. */
export async function addCounts(
  tx: Tx,
  parts: Parts,
  lineIds: ReadonlySet<string>,
  needs: Pick<Needs, 'upToNow'>,
): Promise<Parts> {
  const counted: Rows[] = [];
  for (const rows of parts) {
    const intervals = rows.intervals.filter(({ line_id }) => lineIds.has(line_id));
    const counts = await readPoints(tx, intervals, ['count']);
    const elsewhere = await readBatchesElsewhere(tx, rows.stopsAndBatches, counts);
    const withCounts = {
      ...rows,
      stopsAndBatches: [...rows.stopsAndBatches, ...elsewhere],
      points: [...rows.points, ...counts],
      counted: lineIds,
    };
    counted.push(
      ...(await startEarlier(tx, withCounts, linesWithUnitsAtStart(intervals, counts), { ...needs, counts: true })),
    );
  }
  return counted;
}

/** The facts as far as rows have been read: without units elsewhere, products and trials. */
export function factsSoFar(parts: Parts): Map<string, LineFacts> {
  const noPrices = { products: [], trialBatches: new Set<string>() };
  return new Map(parts.flatMap(({ asked, ...rows }) => [...factsByLine(asked, rowsOf(rows), noPrices)]));
}

/** Reads what is left, and returns the facts of each line. */
export async function completeFacts(tx: Tx, parts: Parts): Promise<Map<string, LineFacts>> {
  const complete: { asked: readonly LineWindow[]; rows: readonly Row[] }[] = [];
  for (const { asked, intervals, counted, ...rows } of parts) {
    const elsewhere = await readUnitsElsewhere(tx, intervals, batchesAmong(rows.stopsAndBatches), counted);
    complete.push({ asked, rows: [...rowsOf(rows), ...elsewhere] });
  }
  const prices = await readPrices(
    tx,
    complete.flatMap(({ rows }) => rows),
  );
  return new Map(complete.flatMap(({ asked, rows }) => [...factsByLine(asked, rows, prices)]));
}

const rowsOf = ({ stopsAndBatches, points }: Pick<Rows, 'stopsAndBatches' | 'points'>): Row[] => [
  ...stopsAndBatches,
  ...points,
];

async function startEarlier(tx: Tx, rows: Rows, lineIds: ReadonlySet<string>, needs: Needs): Promise<Parts> {
  if (lineIds.size === 0 || rows.startsEarlier) return [rows];
  const starts = new Map(rows.intervals.map(({ line_id, interval }) => [line_id, interval.from]));
  const earlier = rows.asked
    .filter(({ line }) => lineIds.has(line.id))
    .map((one) => ({ ...one, window: { ...one.window, from: (starts.get(one.line.id) as number) - 1 } }));
  const others = {
    asked: rows.asked.filter(({ line }) => !lineIds.has(line.id)),
    intervals: rows.intervals.filter(({ line_id }) => !lineIds.has(line_id)),
  };
  return [
    { ...rows, ...others },
    { ...(await readRows(tx, earlier, needs)), startsEarlier: true },
  ];
}

async function readRows(tx: Tx, asked: readonly LineWindow[], { counts, upToNow }: Needs): Promise<Rows> {
  const { intervals, rows } = await readWhole(tx, asked, upToNow);
  const own = [...rows, ...(await readOtherParts(tx, rows))];
  const points = await readPoints(tx, intervals, counts ? ['count', 'scrap', 'state'] : ['scrap', 'state']);
  const stopsAndBatches = [...own, ...(await readBatchesElsewhere(tx, own, points))];
  const counted = new Set(counts ? asked.map(({ line }) => line.id) : []);
  return { asked, intervals, stopsAndBatches, points, counted, startsEarlier: false };
}

/**
 * Figures of a window depend on the whole of every day, shift, batch and stop that overlaps it: first the stops and
 * batches of the days are read; where some of them begin before or end after the days, those of that longer interval.
 */
async function readWhole(
  tx: Tx,
  asked: readonly LineWindow[],
  upToNow: boolean,
): Promise<{ intervals: readonly LineInterval[]; rows: readonly Row[] }> {
  const days = asked.map(({ line, plant, window }) => ({ line_id: line.id, interval: wholeDays(plant, window) }));
  const starts = new Map(days.map(({ line_id, interval }) => [line_id, interval.from]));
  // A batch that ended a little before may get units of these days.
  const read = await readStopsAndBatches(tx, startingEarlier(days, MOST_LATE_MS));
  const rows: Map<string, readonly TimedRow[]> = Map.groupBy(
    read.filter(({ kind, line_id, ended }) => kind === 'batch' || !endsBefore(ended, starts.get(line_id))),
    ({ line_id }) => line_id,
  );
  const intervals = days.map((day) => wholeInterval(day, rows.get(day.line_id) ?? [], upToNow));
  const longer = intervals.filter(({ interval: { from, to } }, index) => {
    const day = days[index]?.interval;
    return day !== undefined && (from < day.from || to > day.to);
  });
  for (const [lineId, all] of Map.groupBy(await readStopsAndBatches(tx, longer), ({ line_id }) => line_id))
    rows.set(lineId, all);
  return { intervals, rows: [...rows.values()].flat() };
}

const endsBefore = (ended: string | null, start: number | undefined): boolean =>
  ended !== null && start !== undefined && Date.parse(ended) <= start;
