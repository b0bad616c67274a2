/**
 * The facts of lines as they were read last, used again while they have not changed: dashboards ask for the same day
 * again and again, and most lines report nothing in between.
 */
import type { LineFacts } from '@plantops/accounting';
import type { Tx } from '@plantops/persistence';
import { LRUCache } from 'lru-cache';
import { readRevisions } from './line-revisions.ts';
import { loadFacts } from './load-facts.ts';
import type { LineWindow } from './rows.rules.ts';

/** Facts of a line and the revision at which they were read. */
export type CachedFacts = { readonly revision: string; readonly facts: LineFacts };
/** Facts in the cache, of all lines together: some tens of megabytes. */
const MOST_FACTS = 60_000;
/** An entry with more would push out all others. */
const MOST_FACTS_OF_ENTRY = MOST_FACTS / 4;
const LONGEST_WINDOW_MS = 26 * 3_600_000;

const cache = new LRUCache<string, CachedFacts>({
  maxSize: MOST_FACTS,
  maxEntrySize: MOST_FACTS_OF_ENTRY,
  sizeCalculation: ({ facts }) => sizeOf(facts),
});

const SIZE_OF_EMPTY = 10;

/** The objects that an entry holds. Calendars are not counted: all entries share them. */
export function sizeOf({ stops, batches, counts, scraps, running, prices, products, rates }: LineFacts): number {
  const versions = [...products.values(), ...rates.values()].reduce((sum, { length }) => sum + 1 + length, 0);
  const facts = [stops, batches, counts, scraps, running, prices].reduce((sum, { length }) => sum + length, 0);
  return SIZE_OF_EMPTY + facts + versions;
}

/** The facts of each line for its window, counts included. */
export async function cachedFacts(tx: Tx, asked: readonly LineWindow[]): Promise<Map<string, CachedFacts>> {
  const revisionOf = await readRevisions(
    tx,
    asked.map(({ line }) => line.id),
  );
  const keyOf = ({ line, window }: LineWindow) => `${tx.tenant}/${line.id}/${window.from}/${window.to}`;
  const found = new Map<string, CachedFacts>();
  const missing: LineWindow[] = [];
  for (const one of asked) {
    const cached = cache.get(keyOf(one));
    if (cached?.revision === revisionOf(one.line.id)) found.set(one.line.id, cached);
    else missing.push(one);
  }
  const loaded = await loadFacts(tx, missing, { counts: true });
  for (const one of missing) {
    const facts = loaded.get(one.line.id);
    if (facts === undefined) continue;
    const fresh = { revision: revisionOf(one.line.id), facts };
    found.set(one.line.id, fresh);
    if (one.window.to - one.window.from <= LONGEST_WINDOW_MS) cache.set(keyOf(one), fresh);
  }
  return found;
}
