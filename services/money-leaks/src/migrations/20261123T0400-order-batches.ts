import { sqlMigration } from '@plantops/persistence';

export const orderBatches = sqlMigration(
  '20261123T0400-order-batches',
  `
  -- As before, but of two batches that begin at the same instant the one with the higher id is the later: it ends the other one there.
  create or replace function spans_of(lines uuid[], since timestamptz[], until timestamptz[])
    returns table (kind text, line_id uuid, began timestamptz, ended timestamptz, data jsonb) language sql stable security definer set search_path = public as
    $$ with h as (select line_id, since, until, date_trunc('day', since, 'UTC') as midnight, current_setting('app.tenant_id', true) as tenant_id
                  from unnest(lines, since, until) as h(line_id, since, until)),
       f as (
         select f.* from h join fact f on f.tenant_id = h.tenant_id and f.line_id = h.line_id and f.kind in ('stop', 'batch')
           and f.began >= h.midnight and f.began <= h.until and (f.ended is null or f.ended > h.since)
         union all
         select f.* from h join fact f on f.tenant_id = h.tenant_id and f.line_id = h.line_id and f.kind in ('stop', 'batch')
           and (f.began at time zone 'UTC')::date <> (f.ended at time zone 'UTC')::date and f.began < h.midnight
           and f.ended > h.since and f.ended <= h.since + interval '367 days'
         union all
         select f.* from h join fact f on f.tenant_id = h.tenant_id and f.line_id = h.line_id and f.kind in ('stop', 'batch') and f.ended is null and f.began < h.midnight)
       select f.kind, f.line_id, f.began,
         coalesce(f.ended, case when f.kind = 'batch' then (select min(n.began) from fact n where n.tenant_id = f.tenant_id and n.line_id = f.line_id and n.kind = 'batch' and (n.began, n.id) > (f.began, f.id)) end), f.data
       from f $$;
  `,
);
