import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createLogger } from '@plantops/service-kit';
import { connectEdge, type Edge } from '../edge/connect-edge.ts';
import { NatsFixture, TENANT } from '../nats-fixture.ts';
import { LineFeed, MOST_UNSENT } from './line-feed.ts';
import { begin, type Line } from './line.rules.ts';

/** The first run may have to download the server. */
jest.setTimeout(120_000);

const START = Date.parse('2026-11-22T05:00:00Z');
const line: Line = { code: 'FILL-1', ideal_cycle_seconds: 0.5, products: ['COLA-330'], pace: 60 };

describe('the events of a demo line', () => {
  let nats: NatsFixture;
  let edge: Edge;
  const stopping = new AbortController();
  beforeAll(async () => {
    nats = await NatsFixture.start();
    edge = await connectEdge('simulator', { url: nats.url, user: 'edge', password: 'e' }, 0, stopping.signal);
  });
  afterAll(async () => {
    stopping.abort();
    await edge.connection.close();
    await nats.stop();
  });

  test('all arrive once and in order after the broker was away; meanwhile the line stands still', async () => {
    const feed = new LineFeed(edge, TENANT, line, begin(1, START), createLogger('simulator', 'silent'));
    await nats.kill();
    let now = START;
    for (; feed.unsent < MOST_UNSENT; now += 30_000) feed.tick(now);
    const waiting = feed.unsent;
    for (let ticks = 0; ticks < 100; ticks += 1) feed.tick((now += 30_000));
    expect(feed.unsent).toBe(waiting);

    await nats.restart();
    const deadline = performance.now() + 60_000;
    while (feed.unsent > 0 && performance.now() < deadline) {
      feed.tick(now);
      await edge.connection.flush().catch(() => edge.online());
    }
    const events = (await nats.stored()).map((message) => message.json<{ id: string; seq: number; source: string }>());
    expect(events.length).toBeGreaterThanOrEqual(waiting);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
  });
});
