/** Where a service keeps messages that it cannot apply. The bus calls it; a service with a database implements it. */

/** A message of a stream. */
export type Delivered = { readonly subject: string; readonly payload: string; readonly stream: string; readonly seq: number };

/**
 * Dead letters, and how often a message was attempted by processes that ended. All methods may be called for the same message by several
 * copies of a service, and reject when the database is away.
 */
export type DeadLetters = {
  /** Stores a message that cannot be applied, with the reason. The same message twice is stored once. */
  readonly store: (message: Delivered, error: unknown) => Promise<void>;
  /** How often each message was attempted since a process survived it last, in their order. */
  readonly attemptsOf: (messages: readonly Delivered[]) => Promise<number[]>;
  /** Counts an attempt for each message. Commits before the messages are applied. */
  readonly beginAttempt: (messages: readonly Delivered[]) => Promise<void>;
  /** Forgets the attempts: the process survived them, whether they succeeded or failed. */
  readonly endAttempt: (messages: readonly Delivered[]) => Promise<void>;
};
