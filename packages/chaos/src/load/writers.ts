/**
 * Writers at the API: each sends one write after the other, with an idempotency key, and records it before and after.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChaosPlant } from '../chaos-plant.ts';
import type { Journal } from '../journal.ts';
import { Random } from '@plantops/fixtures';
import { send, type Sender } from './client.ts';
import { playEpisode, type Act } from './episodes.ts';
import { linesOf, tenantOf, WRITERS, type MasterData } from './master-data.ts';
import { belonging, markOf, rowOf, type Operation, type Outcome } from './operation.ts';

const DAY_MS = 86_400_000;
/** Within the days that reconciliation accepts. */
const BEGINS_DAYS_AGO = 26;
const EPISODE_MINUTES = 20;
const PAUSE_MS = { least: 30, most: 160 };
const RETRIES = 8;
const RETRY_MS = 400;

export const senderOf = (chaos: ChaosPlant, tenant: string): Sender => ({
  gateways: chaos.gateways,
  token: chaos.ready.tenants[tenant]?.tokens.admin as string,
});

export type Writers = { readonly operations: readonly Operation[]; readonly stop: () => Promise<void> };

export function startWriters(chaos: ChaosPlant, data: MasterData, journal: Journal, seed: number): Writers {
  const operations: Operation[] = [];
  let isStopped = false;
  const write = async (writer: number): Promise<void> => {
    const random = new Random(seed * 100 + writer);
    const tenant = tenantOf(writer);
    const sender = senderOf(chaos, tenant);
    const product = data.productIds[tenant] as string;
    const lines = linesOf(data, writer);
    let turn = 0;
    const act: Act = async (requestOf, isNeeded = false) => {
      turn += 1;
      const mark = markOf(writer, turn);
      const request = requestOf(`${mark} ${belonging(tenant)}`);
      const key = randomUUID();
      await journal.write({ state: 'intent', mark, key, tenant, ...request });
      // Half of the writes without an answer are sent again with their key. The outcome of the others stays unknown.
      const attempts = isNeeded || random.chance(0.5) ? RETRIES : 1;
      let result: Outcome = { outcome: 'unknown', why: 'not sent' };
      let sent = 0;
      for (; sent < attempts && result.outcome === 'unknown'; sent += 1) {
        if (sent > 0) await delay(RETRY_MS * sent);
        result = await send(sender, writer + turn + sent, request, key);
      }
      await journal.write({ state: result.outcome, mark, ...result });
      const operation: Operation = { ...request, mark, key, tenant, result, sent };
      operations.push(operation);
      await delay(random.whole(PAUSE_MS.least, PAUSE_MS.most));
      return { row: rowOf(operation), result };
    };
    const began = Math.floor(Date.now() / 60_000) * 60_000 - BEGINS_DAYS_AGO * DAY_MS;
    for (let episode = 0; !isStopped && lines.length > 0; episode += 1) {
      const at = (minutes: number) => new Date(began + (episode * EPISODE_MINUTES + minutes) * 60_000).toISOString();
      const isUsable = await playEpisode({ act, random, line: lines[0] as string, product, at });
      if (!isUsable) lines.shift();
    }
  };
  const working = Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
  return {
    operations,
    stop: async () => {
      isStopped = true;
      await working;
    },
  };
}

/** Sends the same request again with its key: it gets the first answer. */
export const sendAgain = (chaos: ChaosPlant, operation: Operation, turn: number): Promise<Outcome> =>
  send(senderOf(chaos, operation.tenant), turn, operation, operation.key);
