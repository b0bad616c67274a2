/** The context of a use case: its transaction, its call, and the time. */
import type { Database, Tx } from '@plantops/persistence';
import { runCommand } from '@plantops/persistence';
import type { Call, Clock } from '@plantops/service-kit';

/** The dependencies of every use case of a service with a database. */
export type Base = { readonly database: Database; readonly now: Clock };

export type Work = {
  readonly tx: Tx;
  readonly call: Call;
  /** The present instant, RFC 3339 in UTC. It is the same in the whole use case. */
  readonly at: string;
  /** Answers of other services that earlier attempts of this use case asked for, by key. */
  readonly answers: ReadonlyMap<string, unknown>;
};

/**
 * Thrown in a transaction that needs a row of another service. It rolls back; then the owner is asked and the work runs
 * again.
 */
class OwnerMustBeAsked extends Error {
  readonly key: string;
  readonly ask: (call: Call) => Promise<unknown>;

  constructor(key: string, ask: (call: Call) => Promise<unknown>) {
    super(`${key} is not in this service's copy`);
    this.key = key;
    this.ask = ask;
  }
}

/** A use case names at most a few rows of other services. */
const MOST_QUESTIONS = 8;

/**
 * Returns the owner's answer to a question that this service's copies cannot answer. No transaction waits for the
 * network: the first attempt is rolled back, the owner is asked, and the work runs again with the answer. Throws the
 * owner's problem.
 */
export function answerOfOwner<T>({ answers }: Work, key: string, ask: (call: Call) => Promise<T>): T {
  if (answers.has(key)) return answers.get(key) as T;
  throw new OwnerMustBeAsked(key, ask);
}

async function withAnswers<T>(call: Call, attempt: (answers: ReadonlyMap<string, unknown>) => Promise<T>): Promise<T> {
  const answers = new Map<string, unknown>();
  for (;;) {
    try {
      return await attempt(answers);
    } catch (error) {
      if (!(error instanceof OwnerMustBeAsked) || answers.size >= MOST_QUESTIONS) throw error;
      answers.set(error.key, await error.ask(call));
    }
  }
}

/** Runs a command in one transaction. A command that is repeated with its Idempotency-Key gets the first answer. */
export function inCommand<T extends object>(
  { database, now }: Base,
  call: Call,
  work: (work: Work) => Promise<T>,
): Promise<T> {
  return withAnswers(call, (answers) => runCommand(database, call, (tx) => work({ tx, call, at: now(), answers })));
}

/** Runs a query in one transaction. */
export function inQuery<T>({ database, now }: Base, call: Call, work: (work: Work) => Promise<T>): Promise<T> {
  return withAnswers(call, (answers) => database.transact(call.tenant, (tx) => work({ tx, call, at: now(), answers })));
}
