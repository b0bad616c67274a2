/** A line's stored rows for the reconciliation, which does not use events. */
import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { pageOfRows, rowsOfKinds } from '@plantops/persistence';

/** From the last event of a silent line on, no state holds, whatever the line reported at that instant. */
const SILENT = `md5('silent ' || id)::uuid as id, line_id, start_time as at, 'silent' as state, null as reason_code,
      9007199254740991 as seq`;
const OF_SILENCE = `tenant_id = $1 and line_id = $2 and source = 'silence' and voided_at is null`;

/**
 * Stops that touch the window, with all parts of split ones; states reported in it, and the one in force at its
 * start.
 */
type Item = contracts.OutputOf<typeof contracts.getDowntimeRows>['items'][number];
const ROWS = rowsOfKinds<Item>(`
  with touching as (
    select * from stops_over($2, tstzrange($3, $4))
  ), stop as (
    select * from touching
    union
    select d.*
    from downtime d
    where d.tenant_id = $1 and d.origin_id in (select origin_id from touching) and d.voided_at is null
  ), reported as (
    select id, line_id, at, state, reason_code, seq
    from state_report
    where tenant_id = $1 and line_id = $2 and at >= $3 and at < $4
    union all
    select ${SILENT}
    from downtime
    where ${OF_SILENCE} and start_time >= $3 and start_time < $4
    union all (
      select *
      from (
        (select id, line_id, at, state, reason_code, seq
         from state_report
         where tenant_id = $1 and line_id = $2 and at < $3
         order by at desc, id desc
         limit 1)
        union all
        (select ${SILENT}
         from downtime
         where ${OF_SILENCE} and start_time < $3
         order by start_time desc
         limit 1)
      ) before
      order by at desc, seq desc nulls last
      limit 1
    )
  )
  select 'stop' as kind, id, to_jsonb(stop) as row from stop
  union all
  select 'state', id, to_jsonb(reported) from reported`);

export const getRows = query(
  contracts.getDowntimeRows,
  () =>
    ({ line_id, from, to, cursor }, { tx }) =>
      pageOfRows(tx, ROWS, [line_id, from, to], cursor),
);
