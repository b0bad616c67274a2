/** Whether a stream still holds what it acknowledged, and from where on it does not. */
import type { Kept, StreamState } from './broker.ts';

/** A message as it was acknowledged. */
export type Acknowledged = Kept & { readonly subject: string };

/**
 * Whether the message of the highest sequence is gone, and with it the end of the stream: the broker's last message of its subject is an
 * earlier one, or another one in its place. Others publish into the stream as well, so that its length alone says nothing.
 */
export const isTailLost = (highest: Acknowledged | undefined, { first }: StreamState, last: Kept | undefined): boolean => {
  // What the limits of the stream have dropped is not lost.
  if (highest === undefined || highest.seq < first) return false;
  // A later one was stored without our knowing, or by another service that uses the subject: nothing speaks for a loss.
  if (last !== undefined && last.seq > highest.seq) return false;
  return last?.seq !== highest.seq || last.id !== highest.id;
};

/** The highest sequence that is known to be in its place: of these messages the broker shows the last of each subject. 0: none is. */
export const lastIntact = (acknowledged: readonly Kept[], lasts: readonly (Kept | undefined)[]): number => {
  const places = new Map(acknowledged.map(({ id, seq }) => [id, seq]));
  return Math.max(0, ...lasts.flatMap((last) => (last !== undefined && places.get(last.id) === last.seq ? [last.seq] : [])));
};
