/** The time of lines that new or corrected facts have to do with: what is kept of it, and what was posted for it, may be another now. */
import type { DowntimeRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { laterBatches } from './later-batches.ts';
import type { Extent, Fact } from './store-facts.ts';

/** `is_loose`: something in it names no batch and counts in its shift, which begins and ends somewhere within a day of it. */
export type Reach = { readonly line_id: string; readonly since: string; readonly until: string; readonly is_loose: boolean };

const spanOf = ({ kind, line_id, batch_id, batch_number, began, ended }: Extent) => {
  const moved = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();
  return {
    line_id,
    // What is told as a shift or a batch ends is part of it.
    since: moved(began, -1),
    until: kind === 'state' || ended === null ? null : moved(ended, 1),
    is_state: kind === 'state',
    is_loose: kind !== 'stop' && kind !== 'batch' && batch_id === null && batch_number === null,
  };
};

/**
 * The time of facts as they are and as they were before, with the whole of each batch that it touches. A split stop counts as a whole, a
 * state lasts to the next one, units and trials count in the batch they name, and a batch, whose totals are spread over its time, in all
 * of that and wherever units name it. What a batch cuts, or gives back, of one that nobody completed lasts to the next start.
 */
export const reachOf = (tx: Tx, facts: readonly (Fact | Extent)[], now: string): Promise<Reach[]> => {
  const spans = facts.map(spanOf);
  const naming = facts.filter(({ kind }) => kind === 'count' || kind === 'scrap' || kind === 'trial');
  const unlinked = naming.filter(({ batch_id }) => batch_id === null);
  const batches = facts.filter(({ kind }) => kind === 'batch');
  const origins = facts.flatMap((fact) => ('data' in fact && fact.kind === 'stop' ? ((fact.data as DowntimeRow).origin_id ?? []) : []));
  return tx.query<Reach>(
    `with e as (
       select e.line_id, e.since, case when e.is_state then (select min(n.began) from fact n where n.tenant_id = $1 and n.line_id = e.line_id and n.kind = 'state' and n.began > e.since + interval '1 ms')
         else e.until end as until, e.is_loose from unnest($3::uuid[], $4::timestamptz[], $5::timestamptz[], $6::boolean[], $15::boolean[]) as e(line_id, since, until, is_state, is_loose)
       union all select f.line_id, min(f.began), max(coalesce(f.ended, $2)), false from fact f where cardinality($7::text[]) > 0 and f.tenant_id = $1 and f.kind = 'stop' and f.data->>'origin_id' = any($7) group by f.line_id, f.data->>'origin_id'
       union all select b.line_id, b.began, b.ended, false from fact b where b.tenant_id = $1 and b.kind = 'batch' and b.id = any($8::uuid[])
       union all select b.line_id, b.began, b.ended, false from unnest($9::uuid[], $10::text[]) as n(line_id, batch_number)
         join fact b on b.tenant_id = $1 and b.kind = 'batch' and b.line_id = n.line_id and b.batch_number = n.batch_number
       union all select x.line_id, x.began, (select min(n.began) from ${laterBatches('x')}), false from unnest($11::uuid[], $12::uuid[], $14::timestamptz[]) as x(id, line_id, began)
       union all select u.line_id, u.began, u.began, false from fact u where u.tenant_id = $1 and u.kind in ('count', 'scrap') and u.batch_id = any($11::uuid[])
       union all select u.line_id, u.began, u.began, false from unnest($12::uuid[], $13::text[]) as n(line_id, batch_number)
         join fact u on u.tenant_id = $1 and u.kind in ('count', 'scrap') and u.batch_id is null and u.line_id = n.line_id and u.batch_number = n.batch_number),
     s as (select line_id, min(since) as since, max(coalesce(until, greatest($2::timestamptz, since))) as until, is_loose from e group by line_id, date_trunc('day', since, 'UTC'), is_loose),
     a as (select array_agg(line_id) as lines, array_agg(since) as since, array_agg(until) as until from s),
     b as (select distinct b.line_id, b.began, coalesce(b.ended, $2) as ended from a cross join lateral spans_of(a.lines, a.since, a.until) b where b.kind = 'batch')
     select s.line_id, least(s.since, min(b.began)) as since, greatest(s.until, max(b.ended)) as until, s.is_loose
     from s left join b on b.line_id = s.line_id and b.began <= s.until and b.ended >= s.since group by s.line_id, s.since, s.until, s.is_loose`,
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
      spans.map(({ is_loose }) => is_loose),
    ],
  );
};
