/**
 * How often the facts of each line have changed. It is counted up in the transaction of the change, so every copy sees
 * it at once.
 */
import type { Tx } from '@plantops/persistence';

/** Stands for what all lines depend on: lines, plants and products are few. */
export const EVERY_LINE = '00000000-0000-0000-0000-000000000000';

export type LineRevision = { readonly line_id: string; readonly revision: string };
type Row = { line_id: string; revision: number };

/** Says that the facts of these lines have changed. */
export async function markChanged(tx: Tx, lineIds: readonly string[]): Promise<void> {
  await tx.query(
    `insert into line_revision (tenant_id, line_id, revision)
     select $1, line_id, 1
     from unnest($2::uuid[]) as l(line_id)
     order by line_id
     on conflict (tenant_id, line_id) do update set revision = line_revision.revision + 1`,
    [tx.tenant, [...new Set(lineIds)]],
  );
}

/**
 * The revision of a line: its own, and that of what all lines depend on. Read before the facts, so that no change is
 * missed.
 */
export async function readRevisions(tx: Tx, lineIds: readonly string[]): Promise<(lineId: string) => string> {
  const rows = await tx.query<Row>(
    `select line_id, revision
     from line_revision
     where tenant_id = $1 and line_id = any($2::uuid[])`,
    [tx.tenant, [EVERY_LINE, ...lineIds]],
  );
  return revisionsOf(rows);
}

/** Which lines are still at these revisions. They stay at them to the end of the transaction. */
export async function unchangedLines(tx: Tx, read: readonly LineRevision[]): Promise<Set<string>> {
  // A line that is being changed now is left out, not waited for.
  const rows = await tx.query<Row>(
    `select line_id, revision
     from line_revision
     where tenant_id = $1 and line_id = any($2::uuid[])
     order by line_id
     for share skip locked`,
    [tx.tenant, [EVERY_LINE, ...read.map(({ line_id }) => line_id)]],
  );
  const locked = new Set(rows.map(({ line_id }) => line_id));
  if (!locked.has(EVERY_LINE)) return new Set();
  const revisionNow = revisionsOf(rows);
  const same = read.filter(({ line_id, revision }) => locked.has(line_id) && revisionNow(line_id) === revision);
  return new Set(same.map(({ line_id }) => line_id));
}

function revisionsOf(rows: readonly Row[]): (lineId: string) => string {
  const revisions = new Map(rows.map(({ line_id, revision }) => [line_id, revision]));
  return (lineId) => `${revisions.get(EVERY_LINE) ?? 0}/${revisions.get(lineId) ?? 0}`;
}
