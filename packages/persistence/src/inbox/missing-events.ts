/** Which events a service lacks, by its own inbox: the answer to the service that announced them. */
import { Problem } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { raw, sql } from '../database/sql.ts';

/** With a larger backlog the service is catching up: what it lacks is on its way. */
const MOST_BACKLOG = 1_000;
/** The announcer asks about events that are at most an hour old. */
const DEAD_LETTERS_SINCE = raw("interval '3 hours'");

/**
 * Of these events, those that are neither applied nor a dead letter. `backlog` counts the messages of a tenant that the
 * service has not consumed yet. Throws `service_unavailable` while the service is catching up.
 */
export const listMissingEvents =
  (database: Database, backlog: (tenant: string) => Promise<number>) =>
  async ({ event_ids }: { event_ids: string[] }, { tenant }: { tenant: string }): Promise<{ event_ids: string[] }> => {
    const behind = await backlog(tenant);
    if (behind > MOST_BACKLOG)
      throw new Problem('service_unavailable', `${behind} messages are not consumed yet: ask again when they are`);
    const rows = await database.transact(tenant, (tx) =>
      // The id is the first field of an event: the first id that is found in a payload is its own.
      tx.query<{ event_id: string }>(sql`
        select event_id
        from unnest(${event_ids}::uuid[]) as asked(event_id)
        where not exists (select from inbox i where i.event_id = asked.event_id)
          and not exists (
            select from dead_letter d
            where d.tenant_id = ${tenant}
              and d.parked_at > now() - ${DEAD_LETTERS_SINCE}
              and substring(d.payload from '"id": *"([0-9a-f-]{36})"') = asked.event_id::text)`),
    );
    return { event_ids: rows.map(({ event_id }) => event_id) };
  };
