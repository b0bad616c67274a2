/** What the relay needs of the message bus. The kit's Bus is one; the two do not know each other. */
type Message = { readonly id: string; readonly subject: string; readonly payload: string };
export type Stored =
  | {
      readonly id: string;
      readonly stream: string;
      readonly created: string;
      readonly seq: number;
      /** The broker has had a message of this id before, and kept that one's place. */
      readonly isDuplicate: boolean;
    }
  | { readonly id: string; readonly error: Error };
export type StreamState = { readonly created: string; readonly first: number };
export type Kept = { readonly id: string; readonly seq: number };

export type Broker = {
  /** Which connection is in use: another number after each loss of it. */
  readonly connection: number;
  /** Stores messages over the connection of this number and over no other; says of each where, or why that is not known. */
  publish(messages: readonly Message[], connection: number): Promise<readonly Stored[]>;
  /** When a stream was created, and the first sequence that its limits have not dropped; undefined when there is none of this name. */
  streamState(stream: string): Promise<StreamState | undefined>;
  /** The last message of a subject that a stream holds. */
  lastOf(stream: string, subject: string): Promise<Kept | undefined>;
  /** Calls the listener whenever the connection was lost and is there again. Returns how to stop it. */
  onReconnect(listener: () => void): () => void;
};
