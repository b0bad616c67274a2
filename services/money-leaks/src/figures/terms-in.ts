/**
 * The additive terms of OEE in windows of lines: kept cells where days are over, cells computed from facts for the
 * rest.
 */
import { setImmediate } from 'node:timers/promises';
import { addTerms, cellsOf, noTerms, type Cell, type Terms } from '@plantops/accounting';
import { Problem } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { cachedFacts } from '../facts/cached-facts.ts';
import type { LineWindow } from '../facts/rows.rules.ts';
import * as keptCells from '../projections/kept-cells.ts';
import { longestRuns, missingIn, MOST_RUNS, type Days } from '../projections/kept-days.rules.ts';

type LineCell = Cell & { readonly line_id: string };

const GROUPS: Record<keptCells.Grouping, (cell: LineCell) => string | null> = {
  all: () => null,
  line: ({ line_id }) => line_id,
  product: ({ product_id }) => product_id,
  shift: ({ shift_key }) => shift_key,
  day: ({ business_date }) => business_date,
  month: ({ business_date }) => business_date.slice(0, 7),
};

/** `deadline`: when the client no longer waits, in milliseconds since 1970. */
type Asking = {
  readonly by?: keptCells.Grouping | undefined;
  readonly product_id?: string | undefined;
  readonly deadline?: number;
};

/** The terms in the windows, cut at now, by group; with a product, those of its batches only. */
export async function termsIn(
  tx: Tx,
  asked: readonly LineWindow[],
  now: string,
  { by = 'all', product_id, deadline = Infinity }: Asking = {},
): Promise<Map<string | null, Terms>> {
  const at = Date.parse(now);
  const days = longestRuns(await keptCells.readDays(tx, asked, at));
  const computed = await compute(tx, asked, days, at, deadline);
  await keptCells.apply(tx, computed, at);
  const cells = computed
    .flatMap(({ asked: { line }, cells: of }) => of.map((cell) => ({ ...cell, line_id: line.id })))
    .filter((cell) => product_id === undefined || cell.product_id === product_id);
  const parts = [
    ...(await keptCells.readSums(tx, [...days.values()].flat(), by, product_id)),
    ...[...Map.groupBy(cells, GROUPS[by])].map(
      ([group, of]) => [group, addTerms(...of.map(({ terms }) => terms))] as const,
    ),
  ];
  const byGroup = Map.groupBy(parts, ([group]) => group);
  return new Map([...byGroup].map(([group, of]) => [group, addTerms(...of.map(([, terms]) => terms))]));
}

/** The terms of several groups together. */
export function together(groups: ReadonlyMap<string | null, Terms>): Terms {
  return groups.size === 0 ? noTerms : addTerms(...groups.values());
}

/**
 * The cells outside the kept days: first those before the first run of each line, then those between two runs, and so
 * on.
 */
async function compute(
  tx: Tx,
  asked: readonly LineWindow[],
  days: ReadonlyMap<string, Days[]>,
  now: number,
  deadline: number,
): Promise<keptCells.Computed[]> {
  const missing = asked.map((one) => missingIn(one, days.get(one.line.id) ?? []).map((window) => ({ ...one, window })));
  const computed: keptCells.Computed[] = [];
  for (let round = 0; round <= MOST_RUNS; round += 1) {
    const windows = missing.flatMap((of) => of[round] ?? []);
    if (windows.length === 0) break;
    const facts = await cachedFacts(tx, windows);
    for (const one of windows) {
      const cached = facts.get(one.line.id);
      if (cached) computed.push({ asked: one, cached, cells: cellsOf(cached.facts, one.window, now) });
      // A year of many lines takes seconds to compute: answer other requests in between, and stop when the client has
      // gone.
      await setImmediate();
      if (Date.now() > deadline)
        throw new Problem(
          'service_unavailable',
          'figures for this window are still being computed: ask for a shorter window, or try again in a few minutes',
        );
    }
  }
  return computed;
}
