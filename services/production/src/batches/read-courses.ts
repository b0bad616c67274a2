import type { BatchRow } from '@plantops/contracts';
import { columnsOf, raw, sql, type Sql, type Tx } from '@plantops/persistence';
import { Batch } from './batch.table.ts';
import type { Course } from './runs.rules.ts';

/** A batch as it is stored, with the words about it. `settled_at`: see the migration that adds it. */
export type Stored = { readonly row: BatchRow; readonly settled_at: string | null; readonly course: Course };

/** `to` null: without an end. */
export type Window = { readonly from: string; readonly to: string | null };

type Row = BatchRow & {
  readonly settled_at: string | null;
  readonly until: string | null;
  readonly counted_at: string | null;
  readonly pauses: readonly number[] | null;
  readonly resumes: readonly number[] | null;
};

const LAST_COUNT = 'c.voided_at is null and (c.good > 0 or c.reject > 0) order by c.at desc limit 1';

/**
 * Which batches to read: those of a line that overlap a window. The window of a batch that nobody has ended, `open`, ends
 * with the second start of another one after its last word, `after` or what is stored: that cuts it.
 */
type Asked = {
  readonly line_id: string | Sql;
  readonly from: string | Sql;
  readonly to: string | null;
  readonly open?: { readonly id: string; readonly after: string | Sql } | undefined;
};
export type Courses = { readonly batches: readonly Stored[]; readonly until: string | null };

/** What to read around a batch that nobody has ended, before it is read itself. It starts at `at`, or something is said of it. */
export function around(tx: Tx, id: string, at: string): Asked {
  const own = (column: string) => sql`
    (select ${raw(column)} from batch where tenant_id = ${tx.tenant} and id = ${id})`;
  const from = sql`coalesce(${own('started_at')}, ${at}::timestamptz)`;
  return { line_id: own('line_id'), from, to: null, open: { id, after: sql`greatest(${from}, ${at}::timestamptz)` } };
}

/** The batches of a line whose runs can change by what is said in a window. */
export async function readCourses(tx: Tx, { line_id, from, to, open }: Asked): Promise<Courses> {
  const second = sql`
    select n.started_at + interval '1 millisecond'
    from batch n
    where n.tenant_id = ${tx.tenant} and n.line_id = ${line_id} and n.id <> ${open?.id ?? null}
      and n.started_at > greatest(${open?.after ?? null}::timestamptz, (
        select max(w.at) from batch_word w where w.tenant_id = ${tx.tenant} and w.batch_id = ${open?.id ?? null}))
    order by n.started_at
    offset 1 limit 1`;
  const end = to === null && open !== undefined ? sql`coalesce((${second}), 'infinity')` : sql`${to ?? 'infinity'}`;
  const rows = await tx.query<Row>(sql`
    with edge as materialized (select (${end})::timestamptz as until)
    select ${raw(columnsOf(Batch, 'b'))}, b.settled_at, nullif(edge.until, 'infinity') as until,
      case when b.completed_at is null and b.cancelled_at is null then (
        select c.at from unit_count c
        where c.tenant_id = b.tenant_id and c.batch_id = b.id and ${raw(LAST_COUNT)}) end as counted_at,
      said.pauses, said.resumes
    from edge, batch b, lateral (
      select json_agg(ms) filter (where word = 'pause') as pauses, json_agg(ms) filter (where word = 'resume') as resumes
      from (
        select w.word, round(date_part('epoch', w.at) * 1000) as ms
        from batch_word w
        where w.tenant_id = b.tenant_id and w.batch_id = b.id)) said
    where b.tenant_id = ${tx.tenant} and b.line_id = ${line_id} and b.started_at < edge.until
      and b.lasts_to > ${from}`);
  const batches = rows.map(({ settled_at, until: _until, counted_at, pauses, resumes, ...row }) => {
    const heard = { pauses: pauses ?? [], resumes: resumes ?? [], counted_at: msOf(counted_at) };
    return { row, settled_at, course: { ...courseOf(row), ...heard } };
  });
  return { batches, until: rows[0]?.until ?? to };
}

/** The last count of units that names a batch by its number, before or after it was linked; null: none. */
export async function lastCountNaming(tx: Tx, { line_id, batch_number }: BatchRow): Promise<number | null> {
  const [count] = await tx.query<{ at: string }>(sql`
    select c.at
    from unit_count c
    where c.tenant_id = ${tx.tenant} and c.line_id = ${line_id} and c.batch_number = ${batch_number}
      and c.batch_id is null and ${raw(LAST_COUNT)}`);
  return msOf(count?.at ?? null);
}

/** A batch that has started, without its pauses, resumptions and counts. */
export function courseOf(row: Started): Course {
  const { id, batch_number, started_at, completed_at, cancelled_at } = row;
  const ended_at = msOf(completed_at ?? cancelled_at);
  return {
    id,
    batch_number,
    started_at: Date.parse(started_at ?? ''),
    ended_at,
    pauses: [],
    resumes: [],
    counted_at: null,
  };
}
export type Started = Pick<BatchRow, 'id' | 'batch_number' | 'started_at' | 'completed_at' | 'cancelled_at'>;

const msOf = (at: string | null): number | null => (at === null ? null : Date.parse(at));
