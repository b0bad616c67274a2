/** Whether a stream still has what it acknowledged, and where the loss begins. */
import type { Kept, StreamState } from './broker.ts';

/** A message that a stream acknowledged. */
export type Acknowledged = Kept & { readonly subject: string };

/**
 * Whether the message of the highest sequence is lost, and with it the end of the stream: the broker's last message of
 * its subject is an earlier one, or another one at its sequence. Other services publish into the stream as well, so its
 * length alone proves nothing.
 */
export const isTailLost = (
  highest: Acknowledged | undefined,
  { first }: StreamState,
  last: Kept | undefined,
): boolean => {
  // Messages dropped by the limits of the stream are not lost.
  if (highest === undefined || highest.seq < first) return false;
  // A later message was stored by another copy or service: nothing suggests a loss.
  if (last !== undefined && last.seq > highest.seq) return false;
  return last?.seq !== highest.seq || last.id !== highest.id;
};

/**
 * The highest sequence whose message is still there; `lasts` are the broker's last messages of some subjects. 0: no
 * message is.
 */
export const lastIntact = (acknowledged: readonly Kept[], lasts: readonly (Kept | undefined)[]): number => {
  const places = new Map(acknowledged.map(({ id, seq }) => [id, seq]));
  return Math.max(
    0,
    ...lasts.flatMap((last) => (last !== undefined && places.get(last.id) === last.seq ? [last.seq] : [])),
  );
};
