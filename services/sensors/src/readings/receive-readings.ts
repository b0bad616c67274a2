import type { Deps } from '../deps.ts';
import { findSensors } from './find-sensors.ts';
import { shareWaiting } from './locks.ts';
import { readChunks, type Message, type ReadMessage } from './read-chunks.ts';
import { rejectUnusable } from './reject-messages.ts';
import { storeReadings } from './store-readings.ts';
import { waitForSensors } from './wait-for-sensors.ts';

/** Groups of messages stored at the same time: while the database works for one, the other's messages are parsed. */
const LANES = 2;

/**
 * Stores a batch of messages. Messages of one sensor stay in order. A batch that fails half-way is delivered again;
 * readings already stored do not change.
 */
export const receiveReadings =
  (deps: Deps, mostWaiting?: number) =>
  async (messages: readonly Message[]): Promise<void> => {
    const lanes = Map.groupBy(messages, ({ subject }) => laneOf(subject));
    await Promise.all([...lanes.values()].map((lane) => storeInOrder(deps, lane, mostWaiting)));
  };

const laneOf = (subject: string): number => Buffer.from(subject).reduce((sum, byte) => sum + byte, 0) % LANES;

/** The next chunk is parsed while the previous one is stored. */
const storeInOrder = async (deps: Deps, messages: readonly Message[], mostWaiting?: number): Promise<void> => {
  const chunks = readChunks(messages);
  let chunk = await chunks.next();
  while (!chunk.done) [, chunk] = await Promise.all([storeChunk(deps, chunk.value, mostWaiting), chunks.next()]);
};

const storeChunk = async (
  { database, now }: Deps,
  chunk: readonly ReadMessage[],
  mostWaiting?: number,
): Promise<void> => {
  for (const [tenant, ofTenant] of Map.groupBy(chunk, (message) => message.tenant)) {
    await database.transact(tenant, async (tx) => {
      const at = now();
      await shareWaiting(tx);
      const { known, unknown } = await findSensors(tx, await rejectUnusable(tx, ofTenant, at));
      await waitForSensors(tx, unknown, at, mostWaiting);
      await storeReadings(tx, known, ({ line_code }) => ({ actor: `line:${line_code}` }), at);
    });
  }
};
