/**
 * Anti-entropy: whoever announces asks those who listen which of its announcements they lack, and sends these again. It trusts nothing but
 * the outbox of the one and the inbox of the other, so it finds what is lost on the way whatever lost it.
 */
import { listenersOf, MOST_EVENT_IDS, consumes, type ServiceName } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { PENDING_AGAIN } from './stream-guard.ts';
import { EVERY_TENANT } from '../database/tx.ts';

/** Asks a listener which of these announcements it lacks; rejects when it is away or is catching up. */
export type Ask = (listener: ServiceName, tenant: string, eventIds: readonly string[]) => Promise<readonly string[]>;

/** Younger ones may be on their way; for older ones there have been ten questions. */
const OLDEST_MINUTES = 60;
const YOUNGEST_MINUTES = 5;
/** Read at once: the window is walked through in parts, the oldest first. */
const STEP_MINUTES = 5;
const MOST_READ = 50_000;
const MOST_SENT = 5_000;
/** What a listener never takes in is not sent for ever. */
const MOST_TIMES = 20;

type Sent = { readonly event_id: string; readonly tenant_id: string; readonly stream: 'events' | 'master'; readonly type: string };

/** Makes pending again what a listener lacks of the announcements that are 5 to 60 minutes old. Returns how many. */
export const sendMissing = async (database: Database, announcer: ServiceName, ask: Ask): Promise<number> => {
  const missing = new Set<string>();
  const silent = new Set<ServiceName>();
  for (let age = OLDEST_MINUTES; age > YOUNGEST_MINUTES && missing.size < MOST_SENT; age -= STEP_MINUTES) {
    const sent = await sentBetween(database, age, age - STEP_MINUTES);
    for (const listener of listenersOf(announcer)) {
      const taken = sent.filter(({ stream, type }) => consumes(listener, stream)(type));
      for (const [tenant, ofTenant] of Map.groupBy(taken, ({ tenant_id }) => tenant_id)) {
        for (let at = 0; at < ofTenant.length && !silent.has(listener); at += MOST_EVENT_IDS) {
          const ids = ofTenant.slice(at, at + MOST_EVENT_IDS).map(({ event_id }) => event_id);
          try {
            for (const id of await ask(listener, tenant, ids)) missing.add(id);
          } catch (error) {
            silent.add(listener);
            database.log.info({ listener, reason: String(error) }, 'a listener could not be asked what it lacks; it is asked next time');
          }
        }
      }
    }
  }
  if (missing.size === 0) return 0;
  const again = await sendAgain(database, [...missing].slice(0, MOST_SENT));
  if (again > 0) database.log.warn({ announcements: again }, 'listeners lacked announcements: they go out again');
  return again;
};

const sentBetween = (database: Database, oldest: number, youngest: number): Promise<Sent[]> =>
  database.transact(EVERY_TENANT, (tx) =>
    // The subject says the stream and what it is about, as the topology names it. MASTER keeps the newest of a row alone: nobody lacks the others.
    tx.query<Sent>(
      `select event_id, tenant_id, split_part(subject, '.', 2) as stream, split_part(subject, '.', 4) as type from outbox sent
       where published_at > now() - make_interval(mins => $1) and published_at <= now() - make_interval(mins => $2)
         and split_part(subject, '.', 2) in ('events', 'master') and times_again < ${MOST_TIMES}
         and (subject not like 'plantops.master.%' or not exists (select from outbox newer
              where newer.tenant_id = sent.tenant_id and newer.row_id = sent.row_id and newer.entity = sent.entity and newer.id > sent.id))
       order by published_at limit ${MOST_READ}`,
      [oldest, youngest],
    ),
  );

/** Another copy of the service may have done so a moment ago: what is pending, or just went out, is left alone. */
const sendAgain = (database: Database, eventIds: readonly string[]): Promise<number> =>
  database.transact(EVERY_TENANT, async (tx) => {
    const rows = await tx.query(
      `update outbox set ${PENDING_AGAIN}
       where event_id = any($1::uuid[]) and published_at <= now() - make_interval(mins => ${YOUNGEST_MINUTES}) returning id`,
      [eventIds],
    );
    return rows.length;
  });
