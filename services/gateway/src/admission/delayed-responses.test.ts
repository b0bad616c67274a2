import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Response } from 'express';
import { Refusals } from './delayed-responses.ts';

const response = () => new EventEmitter() as unknown as Response;
/** Who of these has been told by now. */
const told: string[] = [];
const refuse = async (refusals: Refusals, sender: string, name: string, to = response()) => {
  await refusals.turnOf(sender, to);
  told.push(name);
};
const settle = () => jest.advanceTimersByTimeAsync(0);

beforeEach(() => {
  told.length = 0;
  jest.useFakeTimers();
});
afterEach(() => void jest.useRealTimers());

test('a sender’s first refusals of a second are said at once, more of them later, and another sender’s at once', async () => {
  const refusals = new Refusals({ atOnce: 2 });
  for (const name of ['first', 'second', 'third']) void refuse(refusals, 'akron', name);
  void refuse(refusals, 'globex', 'other');
  await settle();
  expect(told.sort()).toEqual(['first', 'other', 'second']);
  await jest.advanceTimersByTimeAsync(3_000);
  expect(told).toContain('third');
  void refuse(refusals, 'akron', 'calm again');
  await settle();
  expect(told).toContain('calm again');
});

test('no more than so many are held; who has gone makes room', async () => {
  const refusals = new Refusals({ atOnce: 0, mostHeld: 1 });
  const gone = response();
  void refuse(refusals, 'akron', 'held', gone);
  await settle();
  void refuse(refusals, 'akron', 'at once');
  await settle();
  expect(told).toEqual(['at once']);
  gone.emit('close');
  void refuse(refusals, 'akron', 'held as well');
  await settle();
  expect(told).toEqual(['at once', 'held']);
});

test('a gateway that stops waits for nobody', async () => {
  const refusals = new Refusals({ atOnce: 0 });
  void refuse(refusals, 'akron', 'held');
  await settle();
  expect(told).toEqual([]);
  refusals.close();
  void refuse(refusals, 'akron', 'later');
  await settle();
  expect(told).toEqual(['held', 'later']);
});
