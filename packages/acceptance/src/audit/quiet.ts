/** Waits until nothing is in progress: every event is applied, published, and consumed by all listeners. */
import { consumes } from '@plantops/contracts';
import { waitFor } from '@plantops/fixtures';
import type { PlantTables } from '@plantops/testing/plant';

const OWNERS = ['production', 'downtimes', 'trials', 'money-leaks'] as const;
const LISTENERS = ['downtimes', 'money-leaks'] as const;
/** The type in `plantops.<stream>.<tenant>.<type>`, or `<kind>.<id>`; both begin with the entity. */
const typeOf = (subject: string): string => subject.split('.').slice(3).join('.');

export async function waitForQuiet(tables: PlantTables, tenant: string, mark: string): Promise<void> {
  const isQuiet = async () => {
    for (const owner of ['production', 'downtimes'] as const) {
      const [seen] = await tables.query<{ n: number }>(owner, 'select 1 as n from line_event where tenant_id = $1 and event_id = $2', [
        tenant,
        mark,
      ]);
      if (seen === undefined) return false;
    }
    // Check twice: an applied event may release waiting line events, or lead to further events.
    for (let round = 0; round < 2; round += 1) {
      for (const owner of ['production', 'downtimes'] as const)
        if ((await tables.query(owner, 'select from known_key where tenant_id = $1', [tenant])).length > 0) return false;
      const sent: { id: string; subject: string }[] = [];
      for (const owner of OWNERS) {
        const rows = await tables.query<{ id: string; subject: string; isPending: boolean }>(
          owner,
          `select event_id as id, subject, published_at is null as "isPending"
           from outbox
           where tenant_id = $1
           order by id`,
          [tenant],
        );
        if (rows.some(({ isPending }) => isPending)) return false;
        sent.push(...rows);
      }
      const lasting = new Map(sent.filter(({ subject }) => subject.startsWith('plantops.master.')).map(({ id, subject }) => [subject, id]));
      for (const listener of LISTENERS) {
        const [isHeard, isHeardOfMaster] = [consumes(listener, 'events'), consumes(listener, 'master')];
        // Of master data only the last event of each row is needed.
        const master = [...lasting].flatMap(([subject, id]) => (isHeardOfMaster(typeOf(subject)) ? [id] : []));
        const events = sent.filter(({ subject }) => subject.startsWith('plantops.events.') && isHeard(typeOf(subject)));
        const due = [...events.map(({ id }) => id), ...master];
        const [missing] = await tables.query<{ n: number }>(
          listener,
          `select count(*)::int as n
           from unnest($1::uuid[]) as due(id)
           where not exists (select from inbox where event_id = due.id)`,
          [due],
        );
        if (missing?.n !== 0) return false;
      }
    }
    return true;
  };
  await waitFor('everything to be consumed', isQuiet, 30_000);
}
