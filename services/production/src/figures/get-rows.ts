/** A line's own rows for who reckons independently of what was announced. */
import type { getProductionRows as contract } from '@plantops/contracts';
import { pageOfRows } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

/**
 * Batches that hold the line in the window (one that nobody completed lasts to the next start) and everything counted in them, and
 * what was logged in the window at all.
 */
const ROWS = `
  with window_batch as (
    select b.* from batch b where b.tenant_id = $1 and b.line_id = $2 and b.started_at < $4 and (coalesce(b.completed_at, b.cancelled_at) > $3
      or (b.status = 'running' and not exists (select from batch n where n.tenant_id = $1 and n.line_id = $2 and n.started_at > b.started_at and n.started_at <= $3)))
  ), logged as (
    select 'count' as kind, c.id, to_jsonb(c) as row from unit_count c
    where c.tenant_id = $1 and c.line_id = $2 and c.voided_at is null and (c.batch_id in (select id from window_batch) or (c.at >= $3 and c.at < $4))
    union all
    select 'scrap', s.id, to_jsonb(s) from scrap_event s
    where s.tenant_id = $1 and s.line_id = $2 and s.voided_at is null and (s.batch_id in (select id from window_batch) or (s.at >= $3 and s.at < $4))
  )
  select 'batch' as kind, id, to_jsonb(window_batch) as row from window_batch union all select * from logged`;

type Rows = z.infer<typeof contract.output>;

export const getRows =
  ({ database }: Deps) =>
  ({ line_id, from, to, cursor }: z.infer<typeof contract.input>, call: Call): Promise<Rows> =>
    database.transact(call.tenant, async (tx) => (await pageOfRows(tx, ROWS, [line_id, from, to], cursor)) as Rows);
