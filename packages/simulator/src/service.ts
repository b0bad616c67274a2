import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger, Start } from '@plantops/service-kit';
import type { Config } from './config.ts';
import { accessFrom } from './demo/access.ts';
import { plant } from './demo/demo-plant.ts';
import { ensurePlant } from './demo/ensure-plant.ts';
import { findLeftOver } from './demo/find-left-over.ts';
import { endLeftOver } from './demo/left-over.rules.ts';
import { LineFeed } from './demo/line-feed.ts';
import { begin } from './demo/line.rules.ts';
import { livePast, pastBegins } from './demo/past.rules.ts';
import { PlantOpsApi } from './demo/plantops-api.ts';
import { connectEdge } from './edge/connect-edge.ts';

const TICK_MS = 1_000;
const AGAIN_MS = 1_000;

/** Resolves at once: the demo starts as soon as PlantOps answers, and the start of the plant does not wait for it. */
export const start: Start<Config> = async (config, lifetime, logger) => {
  const stopping = new AbortController();
  let stop = (): Promise<void> => Promise.resolve();
  let isLive = false;
  let lastReason = '';
  const comeUp = async () => {
    while (!stopping.signal.aborted) {
      try {
        stop = await startDemo(config, stopping.signal, logger);
        isLive = true;
        return;
      } catch (error) {
        // Logged once for each reason, because a plant may take long to start.
        if (!stopping.signal.aborted && String(error) !== lastReason)
          logger.warn({ reason: String(error) }, 'the demo plant cannot start yet; trying again');
        lastReason = String(error);
      }
      await delay(AGAIN_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const up = comeUp();
  lifetime.defer('demo plant', async () => {
    stopping.abort(new Error('the demo plant is being stopped'));
    await up;
    await stop();
  });
  return { ready: () => isLive };
};

/**
 * Creates the master data, continues each line where the last run left it, and simulates the lines. Returns a function
 * that stops them.
 */
async function startDemo(config: Config, signal: AbortSignal, logger: Logger): Promise<() => Promise<void>> {
  const { gatewayUrl, token, nats } = await accessFrom(config);
  const api = new PlantOpsApi(gatewayUrl, token, signal);
  const lines = await ensurePlant(api, config.PLANTOPS_DEMO_SPEED);
  const known = [];
  for (const line of lines) known.push({ line, leftOver: await findLeftOver(api, line.id) });

  const edge = await connectEdge('simulator', nats, 0, signal);
  const now = Date.now();
  const feeds = known.map(({ line, leftOver }) => {
    const seed = randomInt(2 ** 32);
    const from = pastBegins(now, plant.timezone, line.pace);
    const past =
      leftOver === undefined
        ? livePast(line, seed, from, now)
        : { life: begin(seed, now), happenings: endLeftOver(leftOver, now) };
    const feed = new LineFeed(edge, config.PLANTOPS_TENANT, line, past.life, logger);
    feed.queue(past.happenings);
    logger.info(
      { line: line.code, events: past.happenings.length },
      leftOver === undefined ? 'simulated the past of the line' : 'ended what the last run left open',
    );
    return feed;
  });
  const timer = setInterval(() => feeds.forEach((feed) => feed.tick(Date.now())), TICK_MS);
  return async () => {
    clearInterval(timer);
    for (const { line, unsent } of feeds)
      if (unsent > 0) logger.warn({ line, unsent }, 'stopped with events that were not sent');
    await edge.connection.close();
  };
}
