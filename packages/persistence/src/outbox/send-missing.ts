/**
 * Anti-entropy: a service asks its listeners which of its events they lack, and publishes these again. It compares the
 * outbox of the one with the inbox of the other, so it finds lost events whatever lost them. Tenants are apart: what
 * cannot be asked about one of them, or is too much of one, takes nothing from the others.
 */
import { listenersOf, MOST_EVENT_IDS, Problem, consumes, type ServiceName } from '@plantops/contracts';
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
/** Of one part. Tenants share it equally. */
const MOST_READ = 50_000;
/** Of one tenant in one run. */
const MOST_SENT = 5_000;
/** An event that a listener never applies is not sent for ever. */
const MOST_TIMES = 20;
/** A listener that lets the questions about so many tenants time out is not asked again in this run. */
const MOST_TIMEOUTS = 3;
/** After so many runs in which a listener could not be asked about a tenant, somebody should look. */
const UNANSWERED_RUNS = 3;

type Sent = {
  readonly event_id: string;
  readonly tenant_id: string;
  readonly stream: 'events' | 'master';
  readonly type: string;
};

/** What is remembered from run to run. */
export class Unanswered {
  runs = 0;
  /** How many runs in a row a listener has left a question about a tenant unanswered, by `<listener> <tenant>`. */
  readonly inARow = new Map<string, number>();
}

/**
 * Makes events pending again that a listener lacks, of those that are 5 to 60 minutes old. Returns how many.
 */
export const sendMissing = async (
  database: Database,
  announcer: ServiceName,
  ask: Ask,
  unanswered = new Unanswered(),
): Promise<number> => {
  const run = new Run(ask);
  unanswered.runs += 1;
  for (let age = OLDEST_MINUTES; age > YOUNGEST_MINUTES; age -= STEP_MINUTES) {
    const sent = await sentBetween(database, age, age - STEP_MINUTES);
    for (const listener of listenersOf(announcer)) {
      const consumed = sent.filter(({ stream, type }) => consumes(listener, stream)(type));
      const tenants = Map.groupBy(consumed, ({ tenant_id }) => tenant_id);
      // Each run begins with other tenants: those whose questions time out must not always take the turns of the others.
      const first = (unanswered.runs * MOST_TIMEOUTS) % Math.max(tenants.size, 1);
      const inTurn = [...tenants].toSorted(([a], [b]) => (a < b ? -1 : 1));
      for (const [tenant, ofTenant] of [...inTurn.slice(first), ...inTurn.slice(0, first)])
        await run.askAbout(listener, tenant, ofTenant);
    }
  }
  report(database, run.failures, unanswered);
  let again = 0;
  for (const ids of run.missing.values()) again += await sendAgain(database, [...ids].slice(0, MOST_SENT));
  if (again > 0) database.log.warn({ events: again }, 'listeners lacked events; they are published again');
  return again;
};

/** One run: what the listeners lack by tenant, and what they could not be asked. */
class Run {
  readonly missing = new Map<string, Set<string>>();
  /** By `<listener> <tenant>`. */
  readonly failures = new Map<string, { listener: ServiceName; tenant: string; reason: string }>();
  readonly #timeouts = new Map<ServiceName, number>();
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  async askAbout(listener: ServiceName, tenant: string, events: readonly Sent[]): Promise<void> {
    const missing = this.missing.get(tenant) ?? new Set();
    for (let at = 0; at < events.length; at += MOST_EVENT_IDS) {
      if (missing.size >= MOST_SENT || this.failures.has(`${listener} ${tenant}`)) return;
      if ((this.#timeouts.get(listener) ?? 0) >= MOST_TIMEOUTS) {
        this.failures.set(`${listener} ${tenant}`, { listener, tenant, reason: 'it let other questions time out' });
        return;
      }
      const ids = events.slice(at, at + MOST_EVENT_IDS).map(({ event_id }) => event_id);
      try {
        for (const id of await this.#ask(listener, tenant, ids)) missing.add(id);
      } catch (error) {
        this.failures.set(`${listener} ${tenant}`, { listener, tenant, reason: String(error) });
        const isTimeout = error instanceof Problem && error.code === 'outcome_unknown';
        if (isTimeout) this.#timeouts.set(listener, (this.#timeouts.get(listener) ?? 0) + 1);
      }
      if (missing.size > 0) this.missing.set(tenant, missing);
    }
  }
}

/** A listener is away now and then. One that never answers about a tenant leaves that tenant without repair. */
function report(database: Database, failures: Run['failures'], unanswered: Unanswered): void {
  for (const key of unanswered.inARow.keys()) if (!failures.has(key)) unanswered.inARow.delete(key);
  for (const [key, failure] of failures) {
    const runs = (unanswered.inARow.get(key) ?? 0) + 1;
    unanswered.inARow.set(key, runs);
    const level = runs >= UNANSWERED_RUNS ? 'warn' : 'info';
    database.log[level](
      { ...failure, runs },
      'a listener could not say which events of a tenant it lacks; it is asked again later',
    );
  }
}

const sentBetween = (database: Database, oldest: number, youngest: number): Promise<Sent[]> =>
  database.transact(EVERY_TENANT, (tx) =>
    // The subject has the stream and the type. MASTER keeps only the newest event of a row: no listener lacks the
    // others.
    tx.query<Sent>(
      `select event_id, tenant_id, stream, type
       from (
         select event_id, tenant_id, split_part(subject, '.', 2) as stream, split_part(subject, '.', 4) as type,
           row_number() over (partition by tenant_id order by published_at) as place
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
           )) sent
       order by place
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
