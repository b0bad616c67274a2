/** Parts of statements that several files need. */
import { iso, type LineInterval } from './intervals.rules.ts';

/**
 * The batches `n` of a line that begin after the row `batch`, which has a line, a beginning and an id; `$1` is the
 * tenant. Of two that begin at the same instant the one with the higher id is the later, as in the accounting,
 * whichever was reported first.
 */
export function laterBatches(batch: string): string {
  return `fact n
    where n.tenant_id = $1 and n.line_id = ${batch}.line_id and n.kind = 'batch'
      and (n.began, n.id) > (${batch}.began, ${batch}.id)`;
}

/** Whether a batch says itself when it ran: a later one does not end it. */
export function saysRuns(batch: string): string {
  return `coalesce(jsonb_typeof(${batch}.data->'runs') = 'array', false)`;
}

/**
 * Stops and batches that overlap intervals: a query whose rows have `kind`, `line_id`, `began`, `ended` and `data`. `$1`
 * is the tenant, `$2`, `$3` and `$4` are the arrays of `columnsOf`; `kinds` are literals. A batch that nobody completed
 * and that does not say when it ran ends as the next one begins.
 *
 * What began in the interval or on its first day, what lasts beyond its own day, and what still lasts have an index
 * each, so nothing is read that ended long before.
 */
export function overlapping(kinds: string): string {
  const here = "f.tenant_id = $1 and f.line_id = i.line_id and f.kind in ('stop', 'batch')";
  return `
    select f.kind, f.line_id, f.began, f.data,
      case when f.kind = 'batch' and f.ended is null and not ${saysRuns('f')}
        then (select min(n.began) from ${laterBatches('f')}) else f.ended end as ended
    from (
      select line_id, since, until, date_trunc('day', since, 'UTC') as midnight
      from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as i(line_id, since, until)) i
    cross join lateral (
      select * from fact f
      where ${here} and f.began >= i.midnight and f.began <= i.until and (f.ended is null or f.ended > i.since)
      union all
      select * from fact f
      where ${here} and (f.began at time zone 'UTC')::date <> (f.ended at time zone 'UTC')::date
        and f.began < i.midnight and f.ended > i.since and f.ended <= i.since + interval '367 days'
      union all
      select * from fact f
      where ${here} and f.ended is null and f.began < i.midnight) f
    where f.kind in (${kinds})`;
}

/** Intervals of lines as three arrays: lines, beginnings, ends. */
export function columnsOf(intervals: readonly LineInterval[]): [string[], string[], string[]] {
  return [
    intervals.map(({ line_id }) => line_id),
    intervals.map(({ interval }) => iso(interval.from)),
    intervals.map(({ interval }) => iso(interval.to)),
  ];
}
