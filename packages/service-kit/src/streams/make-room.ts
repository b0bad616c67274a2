/**
 * Makes room in a stream that refuses new messages when it is full: what all of its consumers have acknowledged is in
 * their databases, and does not count against the tenant. The newest of it stays as long as there is room, for a
 * database that is restored from a backup.
 */
import type { JetStreamManager } from 'nats';

/** Parts of the stream's limit. */
const FULL = 0.6;
const ROOMY = 0.4;

type Filled = { readonly bytes: number; readonly first_seq: number; readonly last_seq: number };
/**
 * The sequence before which messages may go, or undefined when there is room. `acknowledged` is the last sequence up to
 * which every consumer has acknowledged all. Messages count as equally large.
 */
export function purgeBefore(
  { bytes, first_seq, last_seq }: Filled,
  mostBytes: number,
  acknowledged: number,
): number | undefined {
  if (bytes <= FULL * mostBytes) return undefined;
  const excess = Math.ceil(((bytes - ROOMY * mostBytes) / bytes) * (last_seq - first_seq + 1));
  const before = Math.min(first_seq + excess, acknowledged + 1);
  return before > first_seq ? before : undefined;
}

/** Purges the oldest messages of a stream that is more than 60 % full, as far as all of these consumers have them. */
export async function makeRoom(
  manager: JetStreamManager,
  { name, max_bytes }: { readonly name: string; readonly max_bytes: number },
  durables: readonly string[],
): Promise<void> {
  const { state } = await manager.streams.info(name);
  if (durables.length === 0 || purgeBefore(state, max_bytes, state.last_seq) === undefined) return;
  const consumers = await Promise.all(durables.map((durable) => manager.consumers.info(name, durable)));
  const acknowledged = Math.min(...consumers.map(({ ack_floor }) => ack_floor.stream_seq));
  const seq = purgeBefore(state, max_bytes, acknowledged);
  if (seq !== undefined) await manager.streams.purge(name, { seq });
}
