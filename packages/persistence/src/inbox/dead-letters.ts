/** Messages that failed again and again: stored with the reason, listed, and applied again on request. */
import { kindOfStream, type JsonText, Problem, problems, type DeadLetterRow } from '@plantops/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { Database } from '../database/database.ts';
import { raw, sql } from '../database/sql.ts';
import { countDeadLetters } from '../database/telemetry.ts';
import type { Tx } from '../database/tx.ts';
import { runCommand, type Commander } from '../rows/idempotency.ts';
import { listPage, view, type Page, type PageRequest } from '../rows/list-page.ts';
import { attempts, tenantOf, type Message } from './attempts.ts';

type Arrived = Message & { readonly arrivedAt: string };
type Handlers = Readonly<Partial<Record<string, (chunk: readonly Arrived[]) => Promise<void>>>>;

const MOST_REASON_CHARACTERS = 2_000;

/**
 * Where a service's consumers store the messages that they cannot apply, and count attempts that may end the process.
 */
export const deadLetters = (database: Database) => ({ store: storeIn(database), ...attempts(database) });

/** Stores a message; the same one twice is stored once. */
function storeIn(database: Database): (message: Message, error: unknown) => Promise<void> {
  const count = countDeadLetters();
  return async ({ subject, stream, seq, payload }, error) => {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    await database.transact(tenantOf(subject), (tx) =>
      tx.query(sql`
        insert into dead_letter (id, tenant_id, stream, stream_seq, message_subject, payload, reason, parked_at)
        values (
          ${uuidv7()}, ${tx.tenant}, ${stream}, ${seq}, ${subject},
          ${storable(payload)}, ${storable(reason).slice(0, MOST_REASON_CHARACTERS)}, date_trunc('milliseconds', now()))
        on conflict do nothing`),
    );
    count(stream);
    database.log.error({ stream, seq, subject, reason }, 'a message became a dead letter');
  };
}

/** PostgreSQL stores every character but NUL, and a payload that failed may hold anything. */
const storable = (text: string): string => text.replaceAll('\0', '\uFFFD');

const COLUMNS =
  'id, tenant_id, stream, stream_seq, message_subject, payload, reason, parked_at, replayed_at, replayed_by';
/** Each may hold a message of a quarter of a megabyte: so many are read at a time. */
const LARGE_ROWS = 8;

export const listDeadLetters =
  (database: Database, service: string) =>
  (
    { is_replayed, ...page }: PageRequest & { is_replayed?: boolean | undefined },
    { tenant }: Commander,
  ): Promise<JsonText<Page<DeadLetterRow>>> =>
    database.transact(tenant, (tx) =>
      listPage(
        tx,
        view<DeadLetterRow>('dead_letter t', `'${service}' as service, ${COLUMNS}`, { chunk: LARGE_ROWS }),
        [['(t.replayed_at is not null) = ?', is_replayed]],
        page,
      ),
    );

/**
 * Applies a dead letter again by the handler that failed on it. The effect commits in a transaction of its own, before
 * the replay is recorded: after a crash in between it is applied again, and the inbox makes that do nothing. A
 * temporary failure is not recorded as an answer.
 */
export const replayDeadLetter =
  (database: Database, service: string, handlers: Handlers) =>
  ({ id }: { id: string }, by: Commander): Promise<DeadLetterRow> =>
    runCommand(database, by, async (tx) => {
      const deadLetter = await find(tx, id);
      if (deadLetter.replayed_at !== null)
        throw new Problem('illegal_transition', `it was replayed at ${deadLetter.replayed_at} already`);
      await apply(handlers, deadLetter);
      const [row] = await tx.query<DeadLetterRow>(sql`
        update dead_letter
        set replayed_at = date_trunc('milliseconds', now()), replayed_by = ${by.actor}
        where tenant_id = ${tx.tenant} and id = ${id}
        returning ${raw(`'${service}'`)} as service, ${raw(COLUMNS)}`);
      return row as DeadLetterRow;
    });

async function find(tx: Tx, id: string): Promise<DeadLetterRow> {
  const [row] = await tx.query<DeadLetterRow>(sql`
    select ${raw(COLUMNS)}
    from dead_letter
    where tenant_id = ${tx.tenant} and id = ${id}
    for update`);
  if (row === undefined) throw new Problem('not_found', `there is no dead letter ${id}`);
  return row;
}

async function apply(
  handlers: Handlers,
  { stream, stream_seq, message_subject, payload, parked_at }: DeadLetterRow,
): Promise<void> {
  const handle = handlers[kindOfStream(stream)];
  if (handle === undefined) throw new Problem('illegal_transition', `this service no longer listens to ${stream}`);
  try {
    // When the broker stored it is not kept: it became a dead letter soon after.
    await handle([{ stream, seq: stream_seq, subject: message_subject, payload, arrivedAt: parked_at }]);
  } catch (error) {
    if (error instanceof Problem && problems[error.code].status >= 500) throw error;
    throw new Problem(
      'illegal_transition',
      `it failed again: ${error instanceof Error ? error.message : String(error)}`.slice(0, 1000),
    );
  }
}
