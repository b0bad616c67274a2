/** Which announcements a service lacks, by its own inbox: the answer to whoever announced them. */
import { Problem } from '@plantops/contracts';
import type { Database } from '../database/database.ts';

/** Behind by more than this, a service is catching up: what it lacks is on its way. */
const CATCHING_UP = 1_000;
/** Announcements are asked for when they are at most an hour old. */
const SET_ASIDE_SINCE = "interval '3 hours'";

/** Of these events those that were neither applied nor set aside; `backlog` is how many messages of a tenant are on their way to this service. */
export const listMissingEvents =
  (database: Database, backlog: (tenant: string) => Promise<number>) =>
  async ({ event_ids }: { event_ids: string[] }, { tenant }: { tenant: string }): Promise<{ event_ids: string[] }> => {
    const behind = await backlog(tenant);
    if (behind > CATCHING_UP)
      throw new Problem('service_unavailable', `${behind} messages are on their way: ask again when they are taken in`);
    const rows = await database.transact(tenant, (tx) =>
      tx.query<{ event_id: string }>(
        // The id stands first in an announcement: the first that is found is its own.
        `select event_id from unnest($2::uuid[]) as asked(event_id)
         where not exists (select from inbox i where i.event_id = asked.event_id)
           and not exists (select from dead_letter d where d.tenant_id = $1 and d.parked_at > now() - ${SET_ASIDE_SINCE}
                           and substring(d.payload from '"id": *"([0-9a-f-]{36})"') = asked.event_id::text)`,
        [tenant, event_ids],
      ),
    );
    return { event_ids: rows.map(({ event_id }) => event_id) };
  };
