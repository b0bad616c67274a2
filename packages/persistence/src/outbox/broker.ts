/**
 * What the relay needs of the message bus. The Bus of service-kit implements it; the two packages do not know each
 * other. All methods reject while the broker is away.
 */
type Message = { readonly id: string; readonly subject: string; readonly payload: string };
export type Stored =
  | {
      readonly id: string;
      readonly stream: string;
      readonly created: string;
      readonly seq: number;
      /** The broker had a message of this id before; `seq` is that one's. */
      readonly isDuplicate: boolean;
    }
  | { readonly id: string; readonly error: Error };
export type StreamState = { readonly created: string; readonly first: number };
export type Kept = { readonly id: string; readonly seq: number };

export type Broker = {
  /** Identifies the connection in use: another number after each loss of it. */
  readonly connection: number;
  /**
   * Publishes messages over the connection of this number only; returns where each was stored, or why that is not
   * known.
   */
  publish(messages: readonly Message[], connection: number): Promise<readonly Stored[]>;
  /**
   * When a stream was created, and the first sequence that its limits have not dropped; undefined when it does not
   * exist.
   */
  streamState(stream: string): Promise<StreamState | undefined>;
  /** The last message of a subject in a stream. */
  lastOf(stream: string, subject: string): Promise<Kept | undefined>;
  /** Calls the listener when the connection is there again after a loss. Returns how to stop. */
  onReconnect(listener: () => void): () => void;
};
