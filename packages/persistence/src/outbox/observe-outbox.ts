import { metrics } from '@opentelemetry/api';
import type { Database } from '../database/database.ts';
import { EVERY_TENANT } from '../database/tx.ts';
import { PENDING_TENANTS } from './relay-chunk.ts';

const MOST_COUNTED = 10_000;

/** Reports at each scrape the events that are pending in the outbox. Returns how to stop. */
export const observeOutbox = (database: Database): (() => void) => {
  const meter = metrics.getMeter('plantops');
  const pending = meter.createObservableGauge('plantops.outbox.pending', {
    description: 'Events that are not published yet, counted up to 10,000',
  });
  const oldest = meter.createObservableGauge('plantops.outbox.oldest', {
    unit: 's',
    description: 'Age of the oldest event that is not published yet',
  });
  const look = async (result: { observe: (gauge: typeof pending, value: number) => void }) => {
    const [row] = await database.transact(EVERY_TENANT, (tx) =>
      tx.query<{ pending: number; oldest_s: number }>(
        `${PENDING_TENANTS}
         select
           (
             select count(*)
             from (select from outbox where published_at is null limit ${MOST_COUNTED}) p
           )::float8 as pending,
           coalesce((
             select extract(epoch from now() - min(o.created_at))
             from tenants t
             cross join lateral (
               select created_at
               from outbox
               where published_at is null and tenant_id = t.tenant_id
               order by id
               limit 1) o
           ), 0)::float8 as oldest_s`,
        [],
      ),
    );
    result.observe(pending, row?.pending ?? 0);
    result.observe(oldest, row?.oldest_s ?? 0);
  };
  // While the database is away the gauges are missing: an alert rule looks for that.
  const callback = (result: Parameters<typeof look>[0]) => look(result).catch(() => undefined);
  meter.addBatchObservableCallback(callback, [pending, oldest]);
  return () => meter.removeBatchObservableCallback(callback, [pending, oldest]);
};
