/** When nothing is on its way any more: every event applied, announced and heard by all who listen. */
import { waitFor } from '@plantops/testing';
import type { PlantTables } from '../asking/plant-tables.ts';

const OWNERS = ['production', 'downtimes', 'trials', 'money-leaks'] as const;
/** Which announcements of EVENTS a listener takes in; of MASTER it needs the last one of a row alone. */
const HEARD: Record<'downtimes' | 'money-leaks', RegExp> = {
  downtimes: /\.(batch|money_leak)\.\w+$/,
  'money-leaks': /\.(downtime|state|batch|count|scrap|trial)\.\w+$/,
};

export const waitForQuiet = async (tables: PlantTables, tenant: string, mark: string): Promise<void> => {
  const isQuiet = async () => {
    for (const owner of ['production', 'downtimes'] as const) {
      const [seen] = await tables.query<{ n: number }>(owner, 'select 1 as n from line_event where tenant_id = $1 and event_id = $2', [
        tenant,
        mark,
      ]);
      if (seen === undefined) return false;
    }
    // Around once more: what is heard may be announced anew.
    for (let round = 0; round < 2; round += 1) {
      const sent: { id: string; subject: string }[] = [];
      for (const owner of OWNERS) {
        const rows = await tables.query<{ id: string; subject: string; isPending: boolean }>(
          owner,
          'select event_id as id, subject, published_at is null as "isPending" from outbox where tenant_id = $1 order by id',
          [tenant],
        );
        if (rows.some(({ isPending }) => isPending)) return false;
        sent.push(...rows);
      }
      const lasting = new Map(sent.filter(({ subject }) => subject.startsWith('plantops.master.')).map(({ id, subject }) => [subject, id]));
      for (const [listener, pattern] of Object.entries(HEARD) as [keyof typeof HEARD, RegExp][]) {
        const master = [...lasting].flatMap(([subject, id]) => (isMasterOf(listener, subject) ? [id] : []));
        const due = [
          ...sent.filter(({ subject }) => subject.startsWith('plantops.events.') && pattern.test(subject)).map(({ id }) => id),
          ...master,
        ];
        const [missing] = await tables.query<{ n: number }>(
          listener,
          'select count(*)::int as n from unnest($1::uuid[]) as due(id) where not exists (select from inbox where event_id = due.id)',
          [due],
        );
        if (missing?.n !== 0) return false;
      }
    }
    return true;
  };
  await waitFor('everything to be consumed', isQuiet, 30_000);
};

const isMasterOf = (listener: keyof typeof HEARD, subject: string): boolean =>
  (listener === 'money-leaks' ? /\.(plant|line|product)\./ : /\.line\./).test(subject);
