/** Messages that failed again and again: kept with the reason, listed, and applied once more on request. */
import { kindOfStream, Problem, problems, type DeadLetterRow } from '@plantops/contracts';
import { v7 as uuidv7 } from 'uuid';
import { begunMessages, tenantOf, type Message } from './begun-messages.ts';
import type { Database } from '../database/database.ts';
import { runCommand, type Commander } from '../rows/idempotency.ts';
import { listPage, view, type Page, type PageRequest } from '../rows/list-page.ts';
import { countParked } from '../database/telemetry.ts';
import type { Tx } from '../database/tx.ts';

type Handlers = Readonly<Partial<Record<string, (batch: readonly Message[]) => Promise<void>>>>;

/** Where a service's listeners put what they cannot apply, and note what may end the process that applies it. */
export const deadLetters = (database: Database) => ({ park: park(database), ...begunMessages(database) });

/** Keeps a message; the same one twice is kept once. */
const park = (database: Database): ((message: Message, error: unknown) => Promise<void>) => {
  const count = countParked();
  return async (message, error) => {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    await database.transact(tenantOf(message.subject), (tx) =>
      tx.query(
        `insert into dead_letter (id, tenant_id, stream, stream_seq, message_subject, payload, reason, parked_at) values ($2, $1, $3, $4, $5, $6, $7, date_trunc('milliseconds', now()))
       on conflict do nothing`,
        // PostgreSQL keeps every character but NUL, and a payload that failed may hold anything.
        [
          tx.tenant,
          uuidv7(),
          message.stream,
          message.seq,
          message.subject,
          message.payload.replaceAll('\0', '\uFFFD'),
          reason.replaceAll('\0', '\uFFFD').slice(0, 2000),
        ],
      ),
    );
    count(message.stream);
    database.log.error({ stream: message.stream, seq: message.seq, subject: message.subject, reason }, 'a message was set aside');
  };
};

/** Each may hold a message of a quarter of a megabyte: so many are read at a time. */
const LARGE_ROWS = 8;
const VIEW = 'id, tenant_id, stream, stream_seq, message_subject, payload, reason, parked_at, replayed_at, replayed_by';

export const listDeadLetters =
  (database: Database, service: string) =>
  ({ is_replayed, ...page }: PageRequest & { is_replayed?: boolean | undefined }, { tenant }: Commander): Promise<Page<DeadLetterRow>> =>
    database.transact(tenant, (tx) =>
      listPage(
        tx,
        view<DeadLetterRow>('dead_letter t', `'${service}' as service, ${VIEW}`, LARGE_ROWS),
        [['(t.replayed_at is not null) = ?', is_replayed]],
        page,
      ),
    );

/**
 * Hands a message to the handler that failed on it. Its effect is a transaction of its own, committed before this one notes it: what falls
 * in between is applied again, and found to have been applied. That it cannot be applied just now is no answer to keep.
 */
export const replayDeadLetter =
  (database: Database, service: string, handlers: Handlers) =>
  ({ id }: { id: string }, by: Commander): Promise<DeadLetterRow> =>
    runCommand(database, by, async (tx) => {
      const letter = await find(tx, id);
      if (letter.replayed_at !== null) throw new Problem('illegal_transition', `it was replayed at ${letter.replayed_at} already`);
      await apply(handlers, letter);
      const [row] = await tx.query<DeadLetterRow>(
        `update dead_letter set replayed_at = date_trunc('milliseconds', now()), replayed_by = $3 where tenant_id = $1 and id = $2 returning '${service}' as service, ${VIEW}`,
        [tx.tenant, id, by.actor],
      );
      return row as DeadLetterRow;
    });

const find = async (tx: Tx, id: string): Promise<DeadLetterRow> => {
  const [letter] = await tx.query<DeadLetterRow>(`select ${VIEW} from dead_letter where tenant_id = $1 and id = $2 for update`, [
    tx.tenant,
    id,
  ]);
  if (letter === undefined) throw new Problem('not_found', `there is no dead letter ${id}`);
  return letter;
};

const apply = async (handlers: Handlers, { stream, stream_seq, message_subject, payload }: DeadLetterRow): Promise<void> => {
  const handle = handlers[kindOfStream(stream)];
  if (handle === undefined) throw new Problem('illegal_transition', `nothing listens to ${stream} any more`);
  try {
    await handle([{ stream, seq: stream_seq, subject: message_subject, payload }]);
  } catch (error) {
    if (error instanceof Problem && problems[error.code].status >= 500) throw error;
    throw new Problem('illegal_transition', `it failed again: ${error instanceof Error ? error.message : String(error)}`.slice(0, 1000));
  }
};
