/** A line's stored rows for the reconciliation, which does not use events. */
import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { pageOfRows, rowsOfKinds } from '@plantops/persistence';

/**
 * Batches that have the line in the window, all units logged in the window, the batches these units name, and all
 * units of these batches. A batch whose runs were never derived and that nobody completed ends where the next
 * one began, so that it never seems to run in a later window. Of two that began at the same instant the one with the higher id is the next.
 */
type Item = contracts.OutputOf<typeof contracts.getProductionRows>['items'][number];
const ROWS = rowsOfKinds<Item>(`
  with window_batch as (
    select b.*
    from batch b
    where b.tenant_id = $1 and b.line_id = $2 and b.started_at < $4
      and (
        coalesce(b.completed_at, b.cancelled_at, b.cut_at) > $3
        or (b.status = 'paused' and (b.runs->-1->>'to')::timestamptz > $3)
        or (b.status = 'running' and b.cut_at is null and b.runs is not null)
        or (
          b.status = 'running' and b.runs is null
          and not exists (
            select from batch n
            where n.tenant_id = $1 and n.line_id = $2
              and (n.started_at, n.id) > (b.started_at, b.id) and n.started_at <= $3
          )
        )
      )
  ), named_batch as (
    select b.*
    from batch b
    where b.tenant_id = $1 and b.line_id = $2 and b.started_at is not null
      and b.id not in (select id from window_batch)
      and b.id in (
        select c.batch_id
        from unit_count c
        where c.tenant_id = $1 and c.line_id = $2 and c.voided_at is null and c.at >= $3 and c.at < $4
        union
        select s.batch_id
        from scrap_event s
        where s.tenant_id = $1 and s.line_id = $2 and s.voided_at is null and s.at >= $3 and s.at < $4
      )
  ), known_batch as (
    select id, to_jsonb(w) as row from window_batch w
    union all
    select n.id,
      case when n.runs is not null then to_jsonb(n)
      else to_jsonb(n) || jsonb_build_object('completed_at', least(n.completed_at, n.cancelled_at, (
        select min(x.started_at)
        from batch x
        where x.tenant_id = $1 and x.line_id = $2 and (x.started_at, x.id) > (n.started_at, n.id)
      ))) end
    from named_batch n
  ), logged as (
    select 'count' as kind, c.id, to_jsonb(c) as row
    from unit_count c
    where c.tenant_id = $1 and c.line_id = $2 and c.voided_at is null
      and (c.batch_id in (select id from known_batch) or (c.at >= $3 and c.at < $4))
    union all
    select 'scrap', s.id,
      to_jsonb(s) || jsonb_build_object('unit_cost', coalesce(s.exact_unit_cost, s.unit_cost))
    from scrap_event s
    where s.tenant_id = $1 and s.line_id = $2 and s.voided_at is null
      and (s.batch_id in (select id from known_batch) or (s.at >= $3 and s.at < $4))
  )
  select 'batch' as kind, id, row from known_batch
  union all
  select * from logged`);

export const getRows = query(
  contracts.getProductionRows,
  () =>
    ({ line_id, from, to, cursor }, { tx }) =>
      pageOfRows(tx, ROWS, [line_id, from, to], cursor),
);
