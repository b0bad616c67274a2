/**
 * The line systems: they publish over JetStream with their tenant's edge user, and send messages again that were not
 * acknowledged.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { NatsError, type NatsConnection } from 'nats';
import type { ChaosPlant } from '../chaos-plant.ts';
import type { Journal } from '../journal.ts';
import { Random } from '@plantops/fixtures';
import { tapeOf, type LineEvent } from './edge-tape.ts';
import { EDGE_LINES } from './master-data.ts';
import { poisonOf, type Poison } from './poison.ts';

const SHARES = { twice: 0.02, swapped: 0.02, poison: 0.01 };
const IN_FLIGHT = 16;
const PAUSE_MS: Readonly<Record<string, number>> = { akron: 35, globex: 180 };
const ACK_MS = 2_000;
const AGAIN_MS = 300;
/** After the load, messages without an acknowledgement are sent again for this long. */
const DRAIN_MS = 30_000;

/** `acked`: the broker has the message. `refused`: it will never store it. `unknown`: it may have it. */
export type Sent = {
  readonly event: LineEvent | Poison;
  outcome: 'acked' | 'refused' | 'unknown';
  sent: number;
  readonly sentAt: number;
};
export type Edge = {
  readonly good: readonly Sent[];
  readonly poison: readonly Sent[];
  readonly duplicates: () => number;
  readonly addPoison: (messages: number) => void;
  /** Sends this many of the next events of the tape without a pause. */
  readonly hurry: (messages: number) => void;
  readonly publish: (event: LineEvent) => Promise<void>;
  /** Ends the tape. Resolves when all messages are delivered. */
  readonly drain: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function startEdge(
  chaos: ChaosPlant,
  tenant: string,
  other: string,
  journal: Journal,
  seed: number,
): Promise<Edge> {
  const random = new Random(seed * 100 + 50 + tenant.length);
  const connection: NatsConnection = await chaos.connect({ edge: tenant });
  const jetstream = connection.jetstream({ timeout: ACK_MS });
  const lines = EDGE_LINES[tenant] as readonly string[];
  const good: Sent[] = [];
  const poison: Sent[] = [];
  const inFlight = new Set<Promise<void>>();
  let isStopped = false;
  let duplicates = 0;
  let hurried = 0;
  let deadline = Number.POSITIVE_INFINITY;

  const once = async ({ line, kind, payload }: LineEvent, msgID: string | undefined): Promise<Sent['outcome']> => {
    try {
      await jetstream.publish(`plantops.ingest.${tenant}.${line}.${kind}`, payload, {
        timeout: ACK_MS,
        ...(msgID === undefined ? {} : { msgID }),
      });
      return 'acked';
    } catch (error) {
      const isRefused = error instanceof NatsError && error.api_error !== undefined && error.api_error.code < 500;
      return isRefused ? 'refused' : 'unknown';
    }
  };
  const deliver = async (entry: Sent): Promise<void> => {
    const { event } = entry;
    await journal.write({ state: 'intent', ...event, payload: event.payload.slice(0, 500) });
    while (entry.outcome === 'unknown' && performance.now() < deadline) {
      if (entry.sent > 0) await delay(AGAIN_MS);
      entry.sent += 1;
      // Half of them have no message id: the services must detect duplicates that the broker does not detect.
      entry.outcome = await once(event, random.chance(0.5) ? event.id : undefined);
    }
    await journal.write({ state: entry.outcome, id: event.id, tenant, sent: entry.sent });
  };
  const begin = async (list: Sent[], event: LineEvent | Poison, isAgain = false): Promise<void> => {
    const entry: Sent = { event, outcome: 'unknown', sent: 0, sentAt: Date.now() };
    if (isAgain) duplicates += 1;
    else list.push(entry);
    const sending = deliver(entry).finally(() => inFlight.delete(sending));
    inFlight.add(sending);
    if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
  };
  const addPoison = async (): Promise<void> => {
    await begin(poison, poisonOf(tenant, other, random.one(lines), poison.length + 1, random));
  };
  const play = async (): Promise<void> => {
    let held: LineEvent | undefined;
    for (const event of tapeOf(tenant, lines, random)) {
      if (isStopped) break;
      if (held === undefined && random.chance(SHARES.swapped)) {
        held = event;
        continue;
      }
      await begin(good, event);
      if (held !== undefined) await begin(good, held);
      held = undefined;
      if (random.chance(SHARES.twice)) await begin(good, random.one(good).event, true);
      if (random.chance(SHARES.poison)) await addPoison();
      if (hurried > 0) hurried -= 1;
      else await delay(PAUSE_MS[tenant] ?? 100);
    }
    if (held !== undefined) await begin(good, held);
  };
  const playing = play();
  return {
    good,
    poison,
    duplicates: () => duplicates,
    addPoison: (messages) => void Promise.all(Array.from({ length: messages }, addPoison)),
    hurry: (messages) => (hurried += messages),
    publish: async (event) => {
      if ((await once(event, event.id)) !== 'acked') throw new Error(`${event.id} was not acknowledged`);
    },
    drain: async () => {
      isStopped = true;
      deadline = performance.now() + DRAIN_MS;
      await playing;
      await Promise.all(inFlight);
    },
    close: () => connection.close(),
  };
}
