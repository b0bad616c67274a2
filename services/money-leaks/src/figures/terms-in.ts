/** The additive terms of OEE over windows of lines: kept cells where days are over, cells reckoned from facts for the rest. */
import { setImmediate } from 'node:timers/promises';
import { addTerms, cellsOf, noTerms, type Cell, type Terms } from '@plantops/accounting';
import { Problem } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { knownFacts } from '../facts/cached-facts.ts';
import type { LineWindow } from '../facts/load-facts.ts';
import { gapsIn, keepCells, keptDays, sumOfCells, type Days, type Grouping, type Reckoned } from '../projections/kept-cells.ts';

type LineCell = Cell & { readonly line_id: string };

const GROUPS: Record<Grouping, (cell: LineCell) => string | null> = {
  all: () => null,
  line: ({ line_id }) => line_id,
  product: ({ product_id }) => product_id,
  shift: ({ shift_key }) => shift_key,
  day: ({ business_date }) => business_date,
  month: ({ business_date }) => business_date.slice(0, 7),
};

/** Kept days of a line that are used at once: what lies between shorter runs is as soon reckoned anew. */
const MOST_RUNS = 3;

/** `deadline`: when whoever asked waits no longer, milliseconds since 1970. */
type Asking = { readonly by?: Grouping | undefined; readonly product_id?: string | undefined; readonly deadline?: number };

/** The terms of the windows, cut at now, by group; with a product, those of its batches alone. */
export const termsIn = async (
  tx: Tx,
  asked: readonly LineWindow[],
  now: string,
  { by = 'all', product_id, deadline = Infinity }: Asking = {},
): Promise<Map<string | null, Terms>> => {
  const at = Date.parse(now);
  const days = longestRuns(await keptDays(tx, asked, at));
  const reckoned = await reckon(tx, asked, days, at, deadline);
  await keepCells(tx, reckoned, at);
  const cells = reckoned
    .flatMap(({ asked: { line }, cells: of }) => of.map((cell) => ({ ...cell, line_id: line.id })))
    .filter((cell) => product_id === undefined || cell.product_id === product_id);
  const parts = [
    ...(await sumOfCells(tx, [...days.values()].flat(), by, product_id)),
    ...[...Map.groupBy(cells, GROUPS[by])].map(([group, of]) => [group, addTerms(...of.map(({ terms }) => terms))] as const),
  ];
  return new Map([...Map.groupBy(parts, ([group]) => group)].map(([group, of]) => [group, addTerms(...of.map(([, terms]) => terms))]));
};

/** Terms of several groups together. */
export const together = (groups: ReadonlyMap<string | null, Terms>): Terms => (groups.size === 0 ? noTerms : addTerms(...groups.values()));

const lengthOf = ({ first, last }: Days) => Date.parse(last) - Date.parse(first);
const longestRuns = (days: readonly Days[]): Map<string, Days[]> =>
  new Map(
    [...Map.groupBy(days, ({ line_id }) => line_id)].map(([lineId, runs]) => [
      lineId,
      runs
        .toSorted((a, b) => lengthOf(b) - lengthOf(a))
        .slice(0, MOST_RUNS)
        .toSorted((a, b) => a.first.localeCompare(b.first)),
    ]),
  );

/** The cells between the kept days, gap by gap: facts are read for all lines at once, one window each. */
const reckon = async (
  tx: Tx,
  asked: readonly LineWindow[],
  days: ReadonlyMap<string, Days[]>,
  now: number,
  deadline: number,
): Promise<Reckoned[]> => {
  const gaps = asked.map((one) => gapsIn(one, days.get(one.line.id) ?? []).map((window) => ({ ...one, window })));
  const reckoned: Reckoned[] = [];
  for (let round = 0; round <= MOST_RUNS; round += 1) {
    const windows = gaps.flatMap((of) => of[round] ?? []);
    if (windows.length === 0) break;
    const known = await knownFacts(tx, windows);
    for (const one of windows) {
      const of = known.get(one.line.id);
      if (of) reckoned.push({ asked: one, known: of, cells: cellsOf(of.facts, one.window, now) });
      // A year of many lines is seconds of reckoning: others are answered in between, and nobody reckons for who has gone.
      await setImmediate();
      if (Date.now() > deadline)
        throw new Problem('service_unavailable', 'these days are not reckoned yet: ask for less time, or again in some minutes');
    }
  }
  return reckoned;
};
