/**
 * The inbox: an event's effect and the record that it was applied are committed together, so a second delivery does
 * nothing.
 */
import type { CloudEvent } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { sql } from '../database/sql.ts';
import type { Tx } from '../database/tx.ts';

/** Records the events as applied and returns those that were not applied before. */
async function claim(tx: Tx, events: readonly CloudEvent[]): Promise<CloudEvent[]> {
  const ids = events.map(({ id }) => id);
  const rows = await tx.query<{ event_id: string }>(sql`
    insert into inbox (event_id, tenant_id)
    select distinct event_id, ${tx.tenant}
    from unnest(${ids}::uuid[]) as e(event_id)
    order by event_id
    on conflict do nothing
    returning event_id`);
  const fresh = new Set(rows.map(({ event_id }) => event_id));
  // delete() returns true once: an event that is in the chunk twice is applied once.
  return events.filter(({ id }) => fresh.delete(id));
}

/**
 * Applies a chunk of events, each once for ever: one transaction for each tenant. Events of unwanted types are skipped.
 * The handler gets the tenant's fresh events in the order of the stream.
 */
export async function applyEvents(
  database: Database,
  payloads: readonly string[],
  isWanted: (type: string) => boolean,
  apply: (tx: Tx, events: readonly CloudEvent[]) => Promise<void>,
): Promise<void> {
  const events = payloads.map((payload) => JSON.parse(payload) as CloudEvent).filter(({ type }) => isWanted(type));
  for (const [tenant, ofTenant] of Map.groupBy(events, ({ tenantid }) => tenantid)) {
    await database.transact(tenant, async (tx) => {
      const fresh = await claim(tx, ofTenant);
      if (fresh.length > 0) await apply(tx, fresh);
    });
  }
}

/** The same as the handler of a stream. `isWanted` comes from the topology (`consumes`). */
export const eventHandler =
  (database: Database, isWanted: (type: string) => boolean, apply: Parameters<typeof applyEvents>[3]) =>
  (chunk: readonly { readonly payload: string }[]): Promise<void> =>
    applyEvents(
      database,
      chunk.map(({ payload }) => payload),
      isWanted,
      apply,
    );
