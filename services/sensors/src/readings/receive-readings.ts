import type { Deps } from '../deps.ts';
import { findSensors } from './find-sensors.ts';
import { shareWaiting } from './locks.ts';
import { readBites, type Message, type ReadMessage } from './read-bites.ts';
import { rejectUnusable } from './reject-messages.ts';
import { storeReadings } from './store-readings.ts';
import { waitForSensors } from './wait-for-sensors.ts';

/** Messages stored at the same time: while the database is busy with one lane's, the other's are read and their statements written. */
const LANES = 2;

/**
 * Takes in a batch of messages; those of one sensor stay in their order. A batch that fails half way comes again, and what was stored of
 * it changes nothing then.
 */
export const receiveReadings =
  (deps: Deps, mostWaiting?: number) =>
  async (messages: readonly Message[]): Promise<void> => {
    const lanes = Map.groupBy(messages, ({ subject }) => laneOf(subject));
    await Promise.all([...lanes.values()].map((lane) => takeInOrder(deps, lane, mostWaiting)));
  };

const laneOf = (subject: string): number => Buffer.from(subject).reduce((sum, byte) => sum + byte, 0) % LANES;

/** The next bite is read while the one before is stored. */
const takeInOrder = async (deps: Deps, messages: readonly Message[], mostWaiting?: number): Promise<void> => {
  const bites = readBites(messages);
  let bite = await bites.next();
  while (!bite.done) [, bite] = await Promise.all([takeIn(deps, bite.value, mostWaiting), bites.next()]);
};

const takeIn = async ({ database, now }: Deps, bite: readonly ReadMessage[], mostWaiting?: number): Promise<void> => {
  for (const [tenant, ofTenant] of Map.groupBy(bite, (message) => message.tenant)) {
    await database.transact(tenant, async (tx) => {
      const at = now();
      await shareWaiting(tx);
      const { known, unknown } = await findSensors(tx, await rejectUnusable(tx, ofTenant, at));
      await waitForSensors(tx, unknown, at, mostWaiting);
      await storeReadings(tx, known, ({ line_code }) => ({ actor: `line:${line_code}` }), at);
    });
  }
};
