/** A line's own rows for who reckons independently of what was announced. */
import type { getDowntimeRows as contract } from '@plantops/contracts';
import { pageOfRows } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

/** Stops that touch the window with all parts they are of; the states reported in it, and the one that held when it began. */
const ROWS = `
  with touching as (select * from stops_over($2, tstzrange($3, $4))),
    stop as (select * from touching union select d.* from downtime d where d.tenant_id = $1 and d.origin_id in (select origin_id from touching) and d.voided_at is null),
    said as (
      select * from state_report r where r.tenant_id = $1 and r.line_id = $2 and r.at >= $3 and r.at < $4
      union all (select * from state_report r where r.tenant_id = $1 and r.line_id = $2 and r.at < $3 order by r.at desc, r.id desc limit 1)
    )
  select 'stop' as kind, id, to_jsonb(stop) as row from stop
  union all select 'state', id, to_jsonb(said) from said`;

type Rows = z.infer<typeof contract.output>;

export const getRows =
  ({ database }: Deps) =>
  ({ line_id, from, to, cursor }: z.infer<typeof contract.input>, call: Call): Promise<Rows> =>
    database.transact(call.tenant, async (tx) => (await pageOfRows(tx, ROWS, [line_id, from, to], cursor)) as Rows);
