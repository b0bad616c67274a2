/**
 * Facts of lines as they were read last, for as long as nothing has changed. Dashboards ask for the same day again and again; most
 * lines have told nothing new meanwhile. Each change of a line's facts, or of what prices them, counts its revision up in its own
 * transaction, so every copy of the service sees at once what it has to read anew.
 */
import type { LineFacts } from '@plantops/accounting';
import type { Tx } from '@plantops/persistence';
import { loadFacts, type LineWindow } from './load-facts.ts';

type Known = { readonly revision: string; readonly facts: LineFacts };
/** How many facts are remembered, of all lines together: some tens of megabytes. */
const MOST_FACTS = 60_000;
const LONGEST_KEPT_MS = 26 * 3_600_000;
/** Lines, plants and products are few, and change what all lines stand on. */
const OF_EVERY_LINE = '00000000-0000-0000-0000-000000000000';

const known = new Map<string, Known>();

/** The facts of each line for its window, units included. */
export const knownFacts = async (tx: Tx, asked: readonly LineWindow[]): Promise<Map<string, LineFacts>> => {
  const revisions = await revisionsOf(tx, asked);
  const keyOf = ({ line, window }: LineWindow) => `${tx.tenant}/${line.id}/${window.from}/${window.to}`;
  const revisionOf = ({ line }: LineWindow) => `${revisions.get(OF_EVERY_LINE) ?? 0}/${revisions.get(line.id) ?? 0}`;
  const found = new Map<string, LineFacts>();
  const unknown: LineWindow[] = [];
  for (const one of asked) {
    const kept = known.get(keyOf(one));
    if (kept?.revision === revisionOf(one)) found.set(one.line.id, kept.facts);
    else unknown.push(one);
  }
  const read = await loadFacts(tx, unknown, { units: true });
  for (const one of unknown) {
    const facts = read.get(one.line.id);
    if (facts === undefined) continue;
    found.set(one.line.id, facts);
    if (one.window.to - one.window.from <= LONGEST_KEPT_MS) keep(keyOf(one), { revision: revisionOf(one), facts });
  }
  return found;
};

let held = 0;
const weightOf = ({ stops, batches, counts, scraps, running }: LineFacts): number =>
  1 + stops.length + batches.length + counts.length + scraps.length + running.length;

const keep = (key: string, fresh: Known): void => {
  forget(key);
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

/** Read before the facts: what is committed in between is read again next time, never missed. */
const revisionsOf = async (tx: Tx, asked: readonly LineWindow[]): Promise<Map<string, number>> => {
  const rows = await tx.query<{ line_id: string; revision: number }>(
    'select line_id, revision from line_revision where tenant_id = $1 and line_id = any($2::uuid[])',
    [tx.tenant, [OF_EVERY_LINE, ...asked.map(({ line }) => line.id)]],
  );
  return new Map(rows.map(({ line_id, revision }) => [line_id, revision]));
};

/** Says that the facts of these lines have changed; without lines, that what all of them stand on has. */
export const countUp = async (tx: Tx, lineIds: readonly string[] = [OF_EVERY_LINE]): Promise<void> => {
  await tx.query(
    `insert into line_revision (tenant_id, line_id, revision) select $1, line_id, 1 from unnest($2::uuid[]) as l(line_id) order by line_id
     on conflict (tenant_id, line_id) do update set revision = line_revision.revision + 1`,
    [tx.tenant, [...new Set(lineIds)]],
  );
};
