/**
 * The figures of a plant from the raw rows of production and downtimes only, in SQL: the same definitions (ISO 22400-2,
 * the seven losses), computed in another way than in the ledger, for lines without a calendar whose stops do not
 * overlap.
 */
import type { PlantTables } from '@plantops/testing/plant';

export type RawFigures = {
  kpis: {
    total_lines: number;
    active_lines: number;
    running_batches: number;
    average_oee: number;
    total_scrap_cost_today: number;
    total_downtime_minutes_today: number;
  };
  by_category: Record<string, number>;
  recent_scrap_events: number;
};
type Batch = {
  line_id: string;
  seconds: number;
  good: number;
  made: number;
  closed: boolean;
  hourly: number;
  cycle: number;
  started: string;
  until: string;
};
type Units = { category: string; cost: number };
type Stop = {
  line_id: string;
  from: string;
  seconds: number;
  ended: boolean;
  kind: 'planned' | 'changeover' | 'delay' | 'stop';
  micro: boolean;
};

/** Batches with their units: totals if given, else counts; rejects are the larger of counted and logged ones. */
const BATCHES = `
  select b.line_id, b.status <> 'running' as closed,
    extract(epoch from coalesce(b.completed_at, $2::timestamptz) - b.started_at)::float8 as seconds,
    l.hourly_cost::float8 as hourly, l.ideal_cycle_seconds::float8 as cycle,
    b.started_at::text as started, coalesce(b.completed_at, $2::timestamptz)::text as until,
    coalesce(b.good_count, c.good, 0)::float8 as good,
    (
      coalesce(b.good_count, c.good, 0)
      + greatest(
          coalesce(b.scrap_count + b.startup_scrap_count + b.rework_count, 0),
          coalesce(c.reject, 0),
          coalesce(s.logged, 0)
        )
    )::float8 as made
  from batch b
  join line l on l.id = b.line_id
  left join lateral (
    select sum(good) as good, sum(reject) as reject
    from unit_count
    where batch_id = b.id and voided_at is null
  ) c on true
  left join lateral (
    select sum(quantity) as logged
    from scrap_event
    where batch_id = b.id and voided_at is null
  ) s on true
  where b.tenant_id = $1 and b.started_at is not null`;

/** The cost of rejects: logged ones, and unlogged ones of completed batches. */
const UNITS = `
  with logged as (
    select batch_id, product_id, line_id, quantity,
      case
        when phase = 'startup' then 'startup_loss'
        when disposition = 'scrap' then 'scrap_loss'
        else 'quality_loss'
      end as category,
      disposition = 'rework' as reworked
    from scrap_event
    where tenant_id = $1 and voided_at is null
  ), unexplained as (
    select b.id, b.product_id, b.line_id, t.category, t.reworked,
      t.total - coalesce((
        select sum(quantity)
        from logged
        where logged.batch_id = b.id and logged.category = t.category
      ), 0) as quantity
    from batch b
    cross join lateral (values
      ('scrap_loss', b.scrap_count, false),
      ('startup_loss', b.startup_scrap_count, false),
      ('quality_loss', b.rework_count, true)
    ) t(category, total, reworked)
    where b.tenant_id = $1 and b.status = 'completed' and t.total is not null
  ), lost as (
    select product_id, line_id, quantity, category, reworked from logged
    union all
    select product_id, line_id, quantity, category, reworked from unexplained where quantity > 0
  )
  select lost.category,
    sum(case
      when reworked then quantity * l.ideal_cycle_seconds / 3600 * l.hourly_cost
      else quantity * (p.unit_cost - p.salvage_value)
    end)::float8 as cost
  from lost
  join product p on p.id = lost.product_id
  join line l on l.id = lost.line_id
  group by 1`;

const STOPS = `
  select line_id, start_time::text as
  from, extract(epoch from coalesce(end_time, $2::timestamptz) - start_time)::float8 as seconds, end_time is not null as ended,
    case when reason_category = 'changeover' then 'changeover' when is_planned then 'planned' when reason_category in ('starved', 'blocked') then 'delay' else 'stop' end as kind,
    extract(epoch from max(coalesce(end_time, $2::timestamptz)) over whole - min(start_time) over whole) < $3 as micro
  from downtime
  where tenant_id = $1 and voided_at is null
  window whole as (partition by coalesce(origin_id, id))`;

export async function rawFigures(tables: PlantTables, tenant: string, now: string): Promise<RawFigures> {
  const one = async (text: string, values: unknown[]) =>
    (await tables.query<{ n: number }>('production', text, values))[0]?.n ?? 0;
  const lines = await tables.query<{ id: string; hourly: number; micro: number }>(
    'production',
    `select id, hourly_cost::float8 as hourly, micro_stop_seconds as micro
     from line
     where tenant_id = $1 and is_active`,
    [tenant],
  );
  const batches = await tables.query<Batch>('production', BATCHES, [tenant, now]);
  const units = await tables.query<Units>('production', UNITS, [tenant]);
  const stops = await tables.query<Stop>('downtimes', STOPS, [tenant, now, lines[0]?.micro ?? 0]);
  const open = new Set(stops.filter(({ ended }) => !ended).map(({ line_id }) => line_id));
  const hourly = new Map(lines.map((line) => [line.id, line.hourly]));
  const costOf = (of: readonly Stop[]) =>
    of
      .filter(({ ended }) => ended)
      .reduce((sum, stop) => sum + (stop.seconds / 3600) * (hourly.get(stop.line_id) ?? 0), 0);
  const losing = stops.filter(({ kind }) => kind === 'stop' || kind === 'delay');
  const inBatch = (stop: Stop, batch: Batch) =>
    stop.line_id === batch.line_id && stop.from >= batch.started && stop.from < batch.until;

  let [busy, ideal, slow] = [0, 0, 0];
  for (const batch of batches) {
    const within = stops.filter((stop) => inBatch(stop, batch));
    const secondsOf = (of: readonly Stop[]) => of.reduce((sum, { seconds }) => sum + seconds, 0);
    busy += batch.seconds - secondsOf(within.filter(({ kind }) => kind === 'planned'));
    ideal += batch.good * batch.cycle;
    const residual = batch.seconds - secondsOf(within) - batch.made * batch.cycle;
    if (batch.closed && residual > 0) slow += (residual / 3600) * batch.hourly;
  }
  const outside = stops.filter((stop) => stop.kind !== 'planned' && !batches.some((batch) => inBatch(stop, batch)));
  busy += outside.reduce((sum, { seconds }) => sum + seconds, 0);
  const by_category = {
    downtime_loss: costOf(losing.filter(({ micro }) => !micro)),
    changeover_loss: costOf(stops.filter(({ kind }) => kind === 'changeover')),
    speed_loss: slow + costOf(losing.filter(({ micro }) => micro)),
    ...Object.fromEntries(units.map(({ category, cost }) => [category, cost])),
  };
  return {
    kpis: {
      total_lines: lines.length,
      active_lines: lines.filter(({ id }) => !open.has(id)).length,
      running_batches: await one(
        "select count(*)::int as n from batch where tenant_id = $1 and status = 'running' and runs->-1->>'to' is null",
        [tenant],
      ),
      average_oee: (ideal / busy) * 100,
      total_scrap_cost_today: units.reduce((sum, { cost }) => sum + cost, 0),
      total_downtime_minutes_today: losing.reduce((sum, { seconds }) => sum + seconds, 0) / 60,
    },
    by_category,
    recent_scrap_events: await one(
      `select count(*)::int as n
       from scrap_event
       where tenant_id = $1 and voided_at is null and at >= $2::timestamptz - interval '24 hours'`,
      [tenant, now],
    ),
  };
}
