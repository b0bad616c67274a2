import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { countWaiting, lineClocks } from '@plantops/persistence';
import { lateAfterDays } from '../line-events/line-event-handler.ts';

const MOST_OVERDUE = 500;
type OverdueBatch = contracts.OutputOf<typeof contracts.getProductionFigures>['overdue_batches'][number];

/** Lines in service and plants are few; indexes find the batches and the scrap. */
export const getFigures = query(contracts.getProductionFigures, () => async ({ plant_id, line_id }, { tx, at }) => {
  const scope = [tx.tenant, plant_id ?? null, line_id ?? null];
  const found = await tx.query<{ id: string; code: string; name: string; plant_id: string; is_active: boolean }>(
    `select id, code, name, plant_id, is_active
     from line
     where tenant_id = $1 and ($2::uuid is null or plant_id = $2) and ($3::uuid is null or id = $3)
     order by code
     limit 2000`,
    scope,
  );
  const lines = found.map(({ code: _code, ...line }) => line);
  const codes = plant_id === undefined && line_id === undefined ? undefined : found.map(({ code }) => code);
  const ids = lines.map(({ id }) => id);
  const plants = await tx.query<{ id: string; timezone: string }>(
    'select id, timezone from plant where tenant_id = $1 and ($2::uuid is null or id = $2)',
    [tx.tenant, plant_id ?? null],
  );
  const [batches] = await tx.query<{ count: number }>(
    `select count(*) as count
     from batch
     where tenant_id = $1 and line_id = any($2) and status = 'running' and not interrupted and cut_at is null`,
    [tx.tenant, ids],
  );
  const since = new Date(Date.parse(at) - 86_400_000).toISOString();
  const [scrap] = await tx.query<{ count: number }>(
    `select count(*) as count
     from scrap_event
     where tenant_id = $1 and line_id = any($2) and at >= $3 and voided_at is null`,
    [tx.tenant, ids, since],
  );
  const overdue_batches = await tx.query<OverdueBatch>(
    `select id, batch_number, line_id, planned_end
     from batch
     where tenant_id = $1 and line_id = any($2) and status = 'running' and cut_at is null and planned_end < $3
     order by planned_end, id
     limit ${MOST_OVERDUE}`,
    [tx.tenant, ids, at],
  );
  const clocks = await lineClocks(tx, await lateAfterDays(tx));
  const idOf = new Map(found.map(({ code, id }) => [code, id]));
  return {
    waiting: await countWaiting(tx, codes),
    line_clocks: clocks.flatMap(({ line_code, ...clock }) => {
      const id = idOf.get(line_code);
      return id === undefined ? [] : [{ line_id: id, ...clock }];
    }),
    lines,
    plants,
    running_batches: batches?.count ?? 0,
    recent_scrap_events: scrap?.count ?? 0,
    overdue_batches,
  };
});
