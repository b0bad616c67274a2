/**
 * Commands with an Idempotency-Key take effect once, however often they are sent
 * (draft-ietf-httpapi-idempotency-key-header). The key, the request's fingerprint and the answer are written in the
 * transaction of the effect, so none is stored without the others. A refusal is an answer too; a temporary failure (a
 * service away, an overload) is not.
 */
import { Problem, problems, replayed as givenBefore, type FieldError, type ProblemCode } from '@plantops/contracts';
import pg from 'pg';
import type { Database } from '../database/database.ts';
import type { Tx } from '../database/tx.ts';

/** Who sends a command, and the key and fingerprint of the request if it has a key. */
export type Commander = {
  readonly tenant: string;
  readonly actor: string;
  readonly idempotencyKey?: string | undefined;
  readonly fingerprint?: string | undefined;
};
type Refusal = { readonly code: ProblemCode; readonly detail: string; readonly errors: readonly FieldError[] };
type Outcome<T> = { readonly answer: T } | { readonly refusal: Refusal };
type Kept = { fingerprint: string; answer: string | null; refusal: string | null };

const LOCK_NOT_AVAILABLE = '55P03';
const KEEP = "interval '3 days'";
const FORGOTTEN_AT_ONCE = 5_000;

/** Runs a command in one transaction. A repeated request gets the first answer. */
export const runCommand = async <T extends object>(
  database: Database,
  by: Commander,
  work: (tx: Tx) => Promise<T>,
): Promise<T> => {
  const { idempotencyKey, fingerprint } = by;
  if (idempotencyKey === undefined || fingerprint === undefined) return database.transact(by.tenant, work);
  const outcome = await database.transact(by.tenant, (tx) =>
    once(tx, { actor: by.actor, key: idempotencyKey, fingerprint }, work),
  );
  if ('answer' in outcome) return outcome.answer;
  throw new Problem(outcome.refusal.code, outcome.refusal.detail, outcome.refusal.errors);
};

type Key = { readonly actor: string; readonly key: string; readonly fingerprint: string };

const once = async <T extends object>(
  tx: Tx,
  { actor, key, fingerprint }: Key,
  work: (tx: Tx) => Promise<T>,
): Promise<Outcome<T>> => {
  if (!(await claimed(tx, { actor, key, fingerprint }))) return replayed<T>(tx, { actor, key, fingerprint });
  const outcome = await attempted(tx, work);
  await tx.query(
    'update idempotency_key set answer = $4, refusal = $5 where tenant_id = $1 and actor = $2 and key = $3',
    [
      tx.tenant,
      actor,
      key,
      'answer' in outcome ? JSON.stringify(outcome.answer) : null,
      'refusal' in outcome ? JSON.stringify(outcome.refusal) : null,
    ],
  );
  return outcome;
};

/** Stores the key; returns false when it is stored already. Waits up to 2 s for a request that is running under it. */
const claimed = async (tx: Tx, { actor, key, fingerprint }: Key): Promise<boolean> => {
  await tx.query("select set_config('lock_timeout', '2s', true)");
  try {
    const rows = await tx.query(
      `insert into idempotency_key (tenant_id, actor, key, fingerprint)
       values ($1, $2, $3, $4)
       on conflict do nothing
       returning key`,
      [tx.tenant, actor, key, fingerprint],
    );
    await tx.query("select set_config('lock_timeout', '0', true)");
    return rows.length > 0;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE)
      throw new Problem('in_progress', 'a request with this Idempotency-Key is running: send it again in a second');
    throw error;
  }
};

const replayed = async <T extends object>(tx: Tx, { actor, key, fingerprint }: Key): Promise<Outcome<T>> => {
  const [kept] = await tx.query<Kept>(
    'select fingerprint, answer, refusal from idempotency_key where tenant_id = $1 and actor = $2 and key = $3',
    [tx.tenant, actor, key],
  );
  if (kept?.fingerprint !== fingerprint)
    throw new Problem(
      'key_reused',
      'this Idempotency-Key came before with another request: use a new key for a new request',
    );
  return kept.answer === null
    ? { refusal: JSON.parse(kept.refusal as string) as Refusal }
    : { answer: givenBefore(JSON.parse(kept.answer) as T) };
};

/** Undoes the changes of a refused command, but keeps the transaction, and in it the refusal. */
const attempted = async <T extends object>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<Outcome<T>> => {
  await tx.query('savepoint attempt');
  const attempt = tx.part();
  try {
    const answer = await work(attempt);
    await attempt.settle();
    attempt.end();
    tx.announced = attempt.announced;
    return { answer };
  } catch (error) {
    attempt.end();
    if (!(error instanceof Problem) || problems[error.code].status >= 500) throw await attempt.firstFailure(error);
    await tx.query('rollback to savepoint attempt');
    return { refusal: { code: error.code, detail: error.message, errors: error.errors } };
  }
};

/** Deletes keys that are too old for a request to be repeated, in chunks. */
export const forgetKeys = async (database: Database): Promise<void> => {
  for (;;) {
    const forgotten = await database.transact('*', (tx) =>
      tx.query(
        `delete from idempotency_key
         where ctid in (
           select ctid from idempotency_key where created_at < now() - ${KEEP} limit ${FORGOTTEN_AT_ONCE})
         returning 1`,
      ),
    );
    if (forgotten.length < FORGOTTEN_AT_ONCE) return;
  }
};
