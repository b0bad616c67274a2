/** The store of messages that a service cannot apply. The bus calls it; a service with a database implements it. */

/** A message of a stream. */
export type Delivered = {
  readonly subject: string;
  readonly payload: string;
  readonly stream: string;
  readonly seq: number;
  /** When the broker stored it, RFC 3339 in UTC. */
  readonly arrivedAt: string;
};

/**
 * Stores dead letters, and counts the attempts after which a process ended. Several copies of a service may call all
 * methods for the same message. They reject when the database is away.
 */
export type DeadLetters = {
  /** Stores a message that cannot be applied, with the reason. The same message twice is stored once. */
  readonly store: (message: Delivered, error: unknown) => Promise<void>;
  /** The number of attempts of each message since a process last survived one, in the order of the messages. */
  readonly attemptsOf: (messages: readonly Delivered[]) => Promise<number[]>;
  /** Counts an attempt for each message. Commits before the messages are applied. */
  readonly beginAttempt: (messages: readonly Delivered[]) => Promise<void>;
  /** Forgets the attempts: the process survived them, whether the messages were applied or failed. */
  readonly endAttempt: (messages: readonly Delivered[]) => Promise<void>;
};
