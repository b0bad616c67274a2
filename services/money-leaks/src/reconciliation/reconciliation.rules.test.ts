import { expect, test } from '@jest/globals';
import { reconcile } from '@plantops/accounting';
import { at } from '@plantops/testing';
import { answerOf, computedUpTo } from './reconciliation.rules.ts';

const ms = (time: string) => Date.parse(at(time));

test('a stop or batch that ends a little ahead of the clock is computed whole', () => {
  const stop = { to: ms('12:05') } as never;
  const open = { to: null } as never;
  expect(computedUpTo({ stops: [stop, open], batches: [] }, ms('12:00'))).toBe(ms('12:05'));
  expect(computedUpTo({ stops: [open], batches: [] }, ms('12:00'))).toBe(ms('12:00'));
});

test('the answer is in minutes, and its window is cut at now', () => {
  const result = reconcile([], [{ category: 'downtime_loss', time_ms: '90000' }]);
  const answer = answerOf(result, { from: ms('08:00'), to: ms('16:00') }, ms('12:00'));
  expect(answer).toMatchObject({ effective_from: at('08:00'), effective_to: at('12:00'), pbt_minutes: 0 });
  expect(Object.values(answer.ledger).reduce((sum, minutes) => sum + minutes, 0)).toBe(1.5);
  // Both the leg and the sum of all legs differ.
  expect(answer.imbalance_minutes).toBe(3);
});
