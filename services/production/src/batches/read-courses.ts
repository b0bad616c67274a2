import type { BatchRow } from '@plantops/contracts';
import { columnsOf, sql, raw, type Tx } from '@plantops/persistence';
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
  readonly words: readonly { readonly word: 'pause' | 'resume'; readonly ms: number }[];
};

const LAST_COUNT = 'c.voided_at is null and (c.good > 0 or c.reject > 0) order by c.at desc limit 1';

/**
 * The batches of a line that overlap a window: what was said in it can change when they ran. The window of a batch that
 * nobody has ended, `open`, ends with the second start of another one after its last word: that cuts it.
 */
export async function readCourses(
  tx: Tx,
  lineId: string,
  { from, to }: Window,
  open?: Started & { readonly last: string | null },
): Promise<{ batches: Stored[]; until: string | null }> {
  const second = sql`
    select n.started_at + interval '1 millisecond'
    from batch n
    where n.tenant_id = ${tx.tenant} and n.line_id = ${lineId} and n.id <> ${open?.id ?? null}
      and n.started_at > greatest(${open?.started_at ?? null}::timestamptz, ${open?.last ?? null}::timestamptz, (
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
      coalesce((
        select jsonb_agg(jsonb_build_object('word', w.word, 'ms', extract(epoch from w.at) * 1000))
        from batch_word w
        where w.tenant_id = b.tenant_id and w.batch_id = b.id), '[]') as words
    from edge, batch b
    where b.tenant_id = ${tx.tenant} and b.line_id = ${lineId} and b.started_at < edge.until
      and coalesce(b.completed_at, b.cancelled_at, b.settled_at, timestamptz 'infinity') > ${from}`);
  const batches = rows.map(({ settled_at, until: _until, counted_at, words, ...row }) => {
    const said = (wanted: string) => words.flatMap(({ word, ms }) => (word === wanted ? ms : []));
    const heard = { pauses: said('pause'), resumes: said('resume'), counted_at: msOf(counted_at) };
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
