/**
 * Anti-entropy: a service asks its listeners which of its events they lack, and publishes these again. It compares the
 * outbox of the one with the inbox of the other, so it finds lost events whatever lost them.
 */
import { listenersOf, MOST_EVENT_IDS, consumes, type ServiceName } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { PENDING_AGAIN } from './stream-guard.ts';
import { EVERY_TENANT } from '../database/tx.ts';

/** Asks a listener which of these events it lacks; rejects when it is away or is catching up. */
export type Ask = (listener: ServiceName, tenant: string, eventIds: readonly string[]) => Promise<readonly string[]>;

/** Younger events may be on their way; older ones were asked about ten times. */
const OLDEST_MINUTES = 60;
const YOUNGEST_MINUTES = 5;
/** The hour is read in parts, the oldest first. */
const STEP_MINUTES = 5;
const MOST_READ = 50_000;
const MOST_SENT = 5_000;
/** An event that a listener never applies is not sent for ever. */
const MOST_TIMES = 20;

type Sent = {
  readonly event_id: string;
  readonly tenant_id: string;
  readonly stream: 'events' | 'master';
  readonly type: string;
};

/** Makes events pending again that a listener lacks, of those that are 5 to 60 minutes old. Returns how many. */
export const sendMissing = async (database: Database, announcer: ServiceName, ask: Ask): Promise<number> => {
  const missing = new Set<string>();
  const silent = new Set<ServiceName>();
  for (let age = OLDEST_MINUTES; age > YOUNGEST_MINUTES && missing.size < MOST_SENT; age -= STEP_MINUTES) {
    const sent = await sentBetween(database, age, age - STEP_MINUTES);
    for (const listener of listenersOf(announcer)) {
      const consumed = sent.filter(({ stream, type }) => consumes(listener, stream)(type));
      for (const [tenant, ofTenant] of Map.groupBy(consumed, ({ tenant_id }) => tenant_id)) {
        for (let at = 0; at < ofTenant.length && !silent.has(listener); at += MOST_EVENT_IDS) {
          const ids = ofTenant.slice(at, at + MOST_EVENT_IDS).map(({ event_id }) => event_id);
          try {
            for (const id of await ask(listener, tenant, ids)) missing.add(id);
          } catch (error) {
            silent.add(listener);
            database.log.info(
              { listener, reason: String(error) },
              'a listener could not say which events it lacks; it is asked again later',
            );
          }
        }
      }
    }
  }
  if (missing.size === 0) return 0;
  const again = await sendAgain(database, [...missing].slice(0, MOST_SENT));
  if (again > 0) database.log.warn({ events: again }, 'listeners lacked events; they are published again');
  return again;
};

const sentBetween = (database: Database, oldest: number, youngest: number): Promise<Sent[]> =>
  database.transact(EVERY_TENANT, (tx) =>
    // The subject has the stream and the type. MASTER keeps only the newest event of a row: no listener lacks the
    // others.
    tx.query<Sent>(
      `select event_id, tenant_id, split_part(subject, '.', 2) as stream, split_part(subject, '.', 4) as type
       from outbox sent
       where published_at > now() - make_interval(mins => $1) and published_at <= now() - make_interval(mins => $2)
         and split_part(subject, '.', 2) in ('events', 'master') and times_again < ${MOST_TIMES}
         and (
           subject not like 'plantops.master.%'
           or not exists (
             select from outbox newer
             where newer.tenant_id = sent.tenant_id and newer.row_id = sent.row_id
               and newer.entity = sent.entity and newer.id > sent.id
           )
         )
       order by published_at
       limit ${MOST_READ}`,
      [oldest, youngest],
    ),
  );

/**
 * Skips events that are pending or were just published: another copy of the service may have made them pending a moment
 * ago.
 */
const sendAgain = (database: Database, eventIds: readonly string[]): Promise<number> =>
  database.transact(EVERY_TENANT, async (tx) => {
    const rows = await tx.query(
      `update outbox set ${PENDING_AGAIN}
       where event_id = any($1::uuid[]) and published_at <= now() - make_interval(mins => ${YOUNGEST_MINUTES})
       returning id`,
      [eventIds],
    );
    return rows.length;
  });
