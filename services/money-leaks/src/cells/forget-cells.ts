/** Takes the kept cells of days away that new or corrected facts touch: whoever asks for such a day next reckons it anew. */
import type { DowntimeRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { laterBatches } from '../facts/later-batches.ts';
import type { Extent, Fact } from '../facts/remember-facts.ts';

const DAY_MS = 86_400_000;

/** Where a fact lies. What names no batch counts in its shift: somewhere within a day of it. A state lasts to the next one. */
const spanOf = ({ kind, line_id, batch_id, batch_number, began, ended }: Extent) => {
  const loose = kind !== 'stop' && kind !== 'batch' && batch_id === null && batch_number === null ? DAY_MS : 1;
  const moved = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();
  return {
    line_id,
    since: moved(began, -loose),
    until: kind === 'state' || ended === null ? null : moved(ended, loose),
    is_state: kind === 'state',
  };
};

/**
 * The days of facts as they are and as they were before. A split stop counts as a whole, units and trials in the batch they name, and a
 * batch, whose totals are spread over its time, in all of that and wherever units name it. What a batch cuts, or gives back, of one that
 * nobody completed lasts to the next start.
 */
export const forgetCells = async (tx: Tx, facts: readonly (Fact | Extent)[], now: string): Promise<void> => {
  const spans = facts.map(spanOf);
  const naming = facts.filter(({ kind }) => kind === 'count' || kind === 'scrap' || kind === 'trial');
  const unlinked = naming.filter(({ batch_id }) => batch_id === null);
  const batches = facts.filter(({ kind }) => kind === 'batch');
  const origins = facts.flatMap((fact) => ('data' in fact && fact.kind === 'stop' ? ((fact.data as DowntimeRow).origin_id ?? []) : []));
  await tx.query(
    `with e as (
       select e.line_id, e.since, case when e.is_state then (select min(n.began) from fact n where n.tenant_id = $1 and n.line_id = e.line_id and n.kind = 'state' and n.began > e.since + interval '1 day')
         else e.until end as until from unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::boolean[]) as e(line_id, since, until, is_state)
       union all select f.line_id, min(f.began), max(coalesce(f.ended, $2)) from fact f where f.tenant_id = $1 and f.kind = 'stop' and f.data->>'origin_id' = any($7) group by f.line_id, f.data->>'origin_id'
       union all select b.line_id, b.began, b.ended from fact b where b.tenant_id = $1 and b.kind = 'batch' and b.id = any($8::uuid[])
       union all select b.line_id, b.began, b.ended from unnest($9::uuid[], $10::text[]) as n(line_id, batch_number)
         join fact b on b.tenant_id = $1 and b.kind = 'batch' and b.line_id = n.line_id and b.batch_number = n.batch_number
       union all select x.line_id, x.began, (select min(n.began) from ${laterBatches('x')}) from unnest($11::uuid[], $12::uuid[], $14::timestamptz[]) as x(id, line_id, began)
       union all select u.line_id, u.began, u.began from fact u where u.tenant_id = $1 and u.kind in ('count', 'scrap') and u.batch_id = any($11::uuid[])
       union all select u.line_id, u.began, u.began from unnest($12::uuid[], $13::text[]) as n(line_id, batch_number)
         join fact u on u.tenant_id = $1 and u.kind in ('count', 'scrap') and u.batch_id is null and u.line_id = n.line_id and u.batch_number = n.batch_number),
     s as (select line_id, min(since) as since, max(coalesce(until, greatest($2::timestamptz, since))) as until from e group by line_id, date_trunc('day', since, 'UTC')),
     a as (select array_agg(line_id) as lines, array_agg(since) as since, array_agg(until) as until from s),
     b as (select b.line_id, b.began, coalesce(b.ended, $2) as ended from a cross join lateral spans_of(a.lines, a.since, a.until) b where b.kind = 'batch'),
     w as (
       select s.line_id, least(s.since, min(b.began)) as since, greatest(s.until, max(b.ended)) as until
       from s left join b on b.line_id = s.line_id and b.began <= s.until and b.ended >= s.since group by s.line_id, s.since, s.until)
     delete from line_cell c using w where c.tenant_id = $1 and c.line_id = w.line_id
       and c.local_date between (w.since at time zone 'UTC')::date - 1 and (w.until at time zone 'UTC')::date + 1`,
    [
      tx.tenant,
      now,
      spans.map(({ line_id }) => line_id),
      spans.map(({ since }) => since),
      spans.map(({ until }) => until),
      spans.map(({ is_state }) => is_state),
      origins,
      naming.map(({ batch_id }) => batch_id),
      unlinked.map(({ line_id }) => line_id),
      unlinked.map(({ batch_number }) => batch_number),
      batches.map(({ id }) => id),
      batches.map(({ line_id }) => line_id),
      batches.map(({ batch_number }) => batch_number),
      batches.map(({ began }) => began),
    ],
  );
};

/** The days of lines from an instant on: their calendar, cycle or threshold is another since then. */
export const forgetCellsSince = async (tx: Tx, lineIds: readonly string[], since: string): Promise<void> => {
  await tx.query(
    "delete from line_cell where tenant_id = $1 and line_id = any($2::uuid[]) and local_date >= ($3::timestamptz at time zone 'UTC')::date - 2",
    [tx.tenant, lineIds, since],
  );
};
