import { expect, test } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { every } from './every.ts';

const logger = { warn: (() => undefined) as never };

test('stop waits for the current run, and no run begins after it, also when an earlier run failed', async () => {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  let runs = 0;
  const stop = every(1, logger, async () => {
    runs += 1;
    if (runs === 1) throw new Error('the first one fails');
    begun.resolve();
    await end.promise;
  });
  await begun.promise;
  let isStopped = false;
  const stopping = stop().then(() => (isStopped = true));
  await delay(10);
  expect(isStopped).toBe(false);
  end.resolve();
  await stopping;
  await delay(20);
  expect(runs).toBe(2);
});
