import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { metrics } from '@opentelemetry/api';
import { expect, test } from '@jest/globals';
import { forService } from './of-service.ts';
import { startTelemetry, type Telemetry } from './start-telemetry.ts';

/** What a scrape of this service answers. */
async function scraped({ scrape }: Telemetry): Promise<string> {
  const server = createServer(scrape);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`);
  const text = await answer.text();
  await new Promise((resolve) => server.close(resolve));
  return text;
}

test('two services of one process count the same thing apart, also later in their work', async () => {
  const work = async (name: string, count: number) => {
    const telemetry = await startTelemetry(name, { PLANTOPS_METRICS: 'on' });
    await delay(1);
    metrics.getMeter('plantops').createCounter('orders').add(count);
    return telemetry;
  };
  const [one, two] = await Promise.all([
    forService('one', () => work('one', 1)),
    forService('two', () => work('two', 20)),
  ]);
  expect(await scraped(one)).toMatch(/^orders_total\b.* 1( \d+)?$/m);
  expect(await scraped(one)).toContain('service_name="one"');
  expect(await scraped(two)).toMatch(/^orders_total\b.* 20( \d+)?$/m);
  expect(await scraped(two)).toContain('service_name="two"');
  await Promise.all([one.stop(), two.stop()]);
});
