import { expect, test } from '@jest/globals';
import { waitFor } from '@plantops/fixtures';
import { createLogger } from '../process/logger.ts';
import { serveWhile } from './serve-while.ts';

const logger = createLogger('test', 'silent');
/** A dependency that the test makes unavailable and available again. */
function needed() {
  let listener: (isThere: boolean) => void = () => {};
  const needs = {
    isThere: true,
    onChange: (heard: (isThere: boolean) => void) => {
      listener = heard;
      return () => (listener = () => {});
    },
  };
  return {
    needs,
    set(isThere: boolean) {
      needs.isThere = isThere;
      listener(isThere);
    },
  };
}
function served() {
  const steps: string[] = [];
  const serve = async () => {
    steps.push('in');
    return async () => void steps.push('out');
  };
  return { steps, serve };
}

test('a copy stops serving while its dependency is away and serves again when it is back; after `stop` it never serves again', async () => {
  const { needs, set } = needed();
  const { steps, serve } = served();
  const stop = await serveWhile(needs, serve, logger);
  set(false);
  set(true);
  set(false);
  await stop();
  set(true);
  expect(steps.join(' ')).toMatch(/^in( out in)* out$/);
  expect(steps.at(-1)).toBe('out');
});

test('after many changes in a row the last state counts', async () => {
  const { needs, set } = needed();
  const { steps, serve } = served();
  const stop = await serveWhile(needs, serve, logger);
  for (let turn = 0; turn < 10; turn += 1) set(turn % 2 === 1);
  set(true);
  await new Promise(setImmediate);
  expect(steps.filter((step) => step === 'in').length - steps.filter((step) => step === 'out').length).toBe(1);
  await stop();
  expect(steps.filter((step) => step === 'in').length).toBe(steps.filter((step) => step === 'out').length);
});

test('a copy that fails to serve again retries until it can', async () => {
  const { needs, set } = needed();
  const { steps, serve } = served();
  let refused = 0;
  const stop = await serveWhile(
    needs,
    async () => {
      if (steps.length > 0 && refused < 2) {
        refused += 1;
        throw new Error('NATS cannot be reached');
      }
      return serve();
    },
    logger,
  );
  set(false);
  await waitFor('the copy to stop serving', () => steps.at(-1) === 'out');
  set(true);
  await waitFor('the copy to serve again', () => steps.at(-1) === 'in' && steps.length === 3);
  expect(refused).toBe(2);
  await stop();
});
