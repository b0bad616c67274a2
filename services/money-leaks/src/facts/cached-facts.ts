/**
 * Facts of lines as they were read last, for as long as nothing has changed. Dashboards ask for the same day again and again; most
 * lines have told nothing new meanwhile. Each change of a line's facts, or of what prices them, counts its revision up in its own
 * transaction, so every copy of the service sees at once what it has to read anew.
 */
import type { LineFacts } from '@plantops/accounting';
import type { Tx } from '@plantops/persistence';
import { loadFacts, type LineWindow } from './load-facts.ts';

/** Facts of a line and the revision that they were read at. */
export type KnownFacts = { readonly revision: string; readonly facts: LineFacts };
/** How many facts are remembered, of all lines together: some tens of megabytes. */
const MOST_FACTS = 60_000;
/** One that is larger would push out all others. */
const LARGEST_KEPT = MOST_FACTS / 4;
const LONGEST_KEPT_MS = 26 * 3_600_000;
/** Lines, plants and products are few, and change what all lines stand on. */
export const OF_EVERY_LINE = '00000000-0000-0000-0000-000000000000';

const known = new Map<string, KnownFacts>();

/** The facts of each line for its window, units included. */
export const knownFacts = async (tx: Tx, asked: readonly LineWindow[]): Promise<Map<string, KnownFacts>> => {
  const revisions = await revisionsOf(tx, asked);
  const keyOf = ({ line, window }: LineWindow) => `${tx.tenant}/${line.id}/${window.from}/${window.to}`;
  const found = new Map<string, KnownFacts>();
  const unknown: LineWindow[] = [];
  for (const one of asked) {
    const kept = known.get(keyOf(one));
    if (kept?.revision === revisionOf(revisions, one.line.id)) found.set(one.line.id, kept);
    else unknown.push(one);
  }
  const read = await loadFacts(tx, unknown, { units: true });
  for (const one of unknown) {
    const facts = read.get(one.line.id);
    if (facts === undefined) continue;
    const fresh = { revision: revisionOf(revisions, one.line.id), facts };
    found.set(one.line.id, fresh);
    if (one.window.to - one.window.from <= LONGEST_KEPT_MS) keep(keyOf(one), fresh);
  }
  return found;
};

let held = 0;
const weightOf = ({ stops, batches, counts, scraps, running }: LineFacts): number =>
  1 + stops.length + batches.length + counts.length + scraps.length + running.length;

const keep = (key: string, fresh: KnownFacts): void => {
  forget(key);
  if (weightOf(fresh.facts) > LARGEST_KEPT) return;
  known.set(key, fresh);
  held += weightOf(fresh.facts);
  for (const oldest of known.keys()) {
    if (held <= MOST_FACTS) break;
    forget(oldest);
  }
};
const forget = (key: string): void => {
  const gone = known.get(key);
  if (gone !== undefined) held -= weightOf(gone.facts);
  known.delete(key);
};

const revisionOf = (revisions: ReadonlyMap<string, number>, lineId: string) =>
  `${revisions.get(OF_EVERY_LINE) ?? 0}/${revisions.get(lineId) ?? 0}`;

/** Read before the facts: what is committed in between is read again next time, never missed. */
const revisionsOf = async (tx: Tx, asked: readonly LineWindow[]): Promise<Map<string, number>> => {
  const rows = await tx.query<{ line_id: string; revision: number }>(
    'select line_id, revision from line_revision where tenant_id = $1 and line_id = any($2::uuid[])',
    [tx.tenant, [OF_EVERY_LINE, ...asked.map(({ line }) => line.id)]],
  );
  return new Map(rows.map(({ line_id, revision }) => [line_id, revision]));
};

/** Which of the lines are still at the revision that their facts were read at. They stay at it to the end of the transaction. */
export const unchangedLines = async (tx: Tx, read: readonly { line_id: string; revision: string }[]): Promise<Set<string>> => {
  // A line that somebody is changing now is left out, not waited for.
  const rows = await tx.query<{ line_id: string; revision: number }>(
    'select line_id, revision from line_revision where tenant_id = $1 and line_id = any($2::uuid[]) order by line_id for share skip locked',
    [tx.tenant, [OF_EVERY_LINE, ...read.map(({ line_id }) => line_id)]],
  );
  const now = new Map(rows.map(({ line_id, revision }) => [line_id, revision]));
  if (!now.has(OF_EVERY_LINE)) return new Set();
  const same = read.filter(({ line_id, revision }) => now.has(line_id) && revisionOf(now, line_id) === revision);
  return new Set(same.map(({ line_id }) => line_id));
};

/** Says that the facts of these lines have changed. */
export const countUp = async (tx: Tx, lineIds: readonly string[]): Promise<void> => {
  await tx.query(
    `insert into line_revision (tenant_id, line_id, revision) select $1, line_id, 1 from unnest($2::uuid[]) as l(line_id) order by line_id
     on conflict (tenant_id, line_id) do update set revision = line_revision.revision + 1`,
    [tx.tenant, [...new Set(lineIds)]],
  );
};
