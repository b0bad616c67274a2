import { expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { watchEventLoop } from './event-loop.ts';

function block(ms: number) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
const warnings: object[] = [];
const logger = { warn: ((fields: object) => void warnings.push(fields)) as never };

test('an event loop that is always late shows in the median, a long block is logged, and both recover', async () => {
  const loop = watchEventLoop(logger, { everyMs: 800, warnMs: 150 });
  const deadline = performance.now() + 10_000;
  while (loop.medianMs() < 50 && performance.now() < deadline) {
    block(200);
    await delay(1);
  }
  expect(loop.medianMs()).toBeGreaterThanOrEqual(50);
  expect(warnings).toContainEqual(expect.objectContaining({ longest_ms: expect.any(Number) }));
  while (loop.medianMs() >= 50 && performance.now() < deadline) await delay(10);
  expect(loop.medianMs()).toBeLessThan(50);
  loop.stop();
});
