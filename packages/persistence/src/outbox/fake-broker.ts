/**
 * A broker in memory with one stream, EVENTS, which loses messages on request. Like the real one, it may still remember
 * their ids.
 */
import type { Broker, Kept, Stored, StreamState } from './broker.ts';

type Message = { readonly id: string; readonly subject: string; readonly payload: string };

export class FakeBroker implements Broker {
  /** The messages of the stream. */
  messages: (Message & Kept)[] = [];
  readonly attempts: string[] = [];
  readonly #refuses: (payload: string, attempt: number) => boolean;
  readonly #seen = new Map<string, number>();
  readonly #reconnected = new Set<() => void>();
  #created = '2026-03-02T08:00:00.123456789Z';
  isAway = false;
  connection = 0;
  /** The number of requests for its state. */
  looks = 0;

  constructor(refuses: (payload: string, attempt: number) => boolean = () => false) {
    this.#refuses = refuses;
  }

  get stored(): string[] {
    return this.messages.map(({ payload }) => payload);
  }

  async publish(messages: readonly Message[], connection: number): Promise<Stored[]> {
    return messages.map((message) => {
      const { id, payload } = message;
      this.attempts.push(payload);
      if (
        this.isAway ||
        connection !== this.connection ||
        this.#refuses(payload, this.attempts.filter((one) => one === payload).length)
      )
        return { id, error: new Error('no answer') };
      const isDuplicate = this.#seen.has(id);
      return {
        id,
        stream: 'EVENTS',
        created: this.#created,
        seq: this.#seen.get(id) ?? this.store(message),
        isDuplicate,
      };
    });
  }

  store(message: Message): number {
    const seq = (this.messages.at(-1)?.seq ?? 0) + 1;
    this.messages.push({ ...message, seq });
    this.#seen.set(message.id, seq);
    return seq;
  }

  async streamState(): Promise<StreamState> {
    this.looks += 1;
    if (this.isAway) throw new Error('away');
    return { created: this.#created, first: this.messages[0]?.seq ?? 0 };
  }

  async lastOf(_stream: string, subject: string): Promise<Kept | undefined> {
    return this.messages.findLast((message) => message.subject === subject);
  }

  onReconnect(listener: () => void): () => void {
    this.#reconnected.add(listener);
    return () => void this.#reconnected.delete(listener);
  }

  /** Loses the end of the stream, as after a power loss. The next message gets the sequence of the first lost one. */
  lose(count: number): void {
    this.messages = this.messages.slice(0, -count);
  }

  /**
   * Restarts with a compacted stream: it knows the ids of the messages that it still has, the last one of each subject.
   */
  restartCompacted(): void {
    this.messages = this.messages.filter((message) => this.lastIs(message));
    for (const id of this.#seen.keys()) if (!this.messages.some((message) => message.id === id)) this.#seen.delete(id);
  }

  private lastIs(message: Message & Kept): boolean {
    return this.messages.findLast(({ subject }) => subject === message.subject) === message;
  }

  loseStream(): void {
    this.messages = [];
    this.#created = '2026-03-02T09:00:00.987654321Z';
  }

  reconnect(): void {
    this.isAway = false;
    this.connection += 1;
    for (const listener of this.#reconnected) listener();
  }
}
