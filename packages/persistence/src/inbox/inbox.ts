/** The inbox: an event's effect and the note that it has been applied are committed together, so a second delivery does nothing. */
import type { CloudEvent } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import type { Tx } from '../database/tx.ts';

/** Notes the events as applied and returns those that were not before. */
const claim = async (tx: Tx, events: readonly CloudEvent[]): Promise<CloudEvent[]> => {
  const rows = await tx.query<{ event_id: string }>(
    'insert into inbox (event_id, tenant_id) select distinct event_id, $1 from unnest($2::uuid[]) as e(event_id) order by event_id on conflict do nothing returning event_id',
    [tx.tenant, events.map(({ id }) => id)],
  );
  const fresh = new Set(rows.map(({ event_id }) => event_id));
  // delete() answers true once: an event that stands twice in the batch is applied once.
  return events.filter(({ id }) => fresh.delete(id));
};

/**
 * Applies a batch of announced events, each once for ever: one transaction a tenant. Events of types that are not wanted are left out.
 * The handler sees the tenant's fresh events in the order of the stream.
 */
export const applyEvents = async (
  database: Database,
  payloads: readonly string[],
  wanted: (type: string) => boolean,
  apply: (tx: Tx, events: readonly CloudEvent[]) => Promise<void>,
): Promise<void> => {
  const events = payloads.map((payload) => JSON.parse(payload) as CloudEvent).filter(({ type }) => wanted(type));
  for (const [tenant, ofTenant] of Map.groupBy(events, ({ tenantid }) => tenantid)) {
    await database.transact(tenant, async (tx) => {
      const fresh = await claim(tx, ofTenant);
      if (fresh.length > 0) await apply(tx, fresh);
    });
  }
};

/** The same as the handler of a stream: of all announcements those whose type is wanted, which the topology says (`consumes`). */
export const eventHandler =
  (database: Database, wanted: (type: string) => boolean, apply: Parameters<typeof applyEvents>[3]) =>
  (batch: readonly { readonly payload: string }[]): Promise<void> =>
    applyEvents(
      database,
      batch.map(({ payload }) => payload),
      wanted,
      apply,
    );
