import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Response } from 'express';
import { Refusals } from './delayed-responses.ts';

const response = () => new EventEmitter() as unknown as Response;
/** The senders whose refusal was sent so far. */
const sent: string[] = [];
const refuse = async (refusals: Refusals, sender: string, name: string, to = response()) => {
  await refusals.turnOf(sender, to);
  sent.push(name);
};
const settle = () => jest.advanceTimersByTimeAsync(0);

beforeEach(() => {
  sent.length = 0;
  jest.useFakeTimers();
});
afterEach(() => void jest.useRealTimers());

test('a sender’s first refusals in a second are sent at once, later ones with a delay, and another sender’s at once', async () => {
  const refusals = new Refusals({ atOnce: 2 });
  for (const name of ['first', 'second', 'third']) void refuse(refusals, 'akron', name);
  void refuse(refusals, 'globex', 'other');
  await settle();
  expect(sent.sort()).toEqual(['first', 'other', 'second']);
  await jest.advanceTimersByTimeAsync(3_000);
  expect(sent).toContain('third');
  void refuse(refusals, 'akron', 'calm again');
  await settle();
  expect(sent).toContain('calm again');
});

test('at most so many refusals wait; a closed connection frees its place', async () => {
  const refusals = new Refusals({ atOnce: 0, mostHeld: 1 });
  const gone = response();
  void refuse(refusals, 'akron', 'held', gone);
  await settle();
  void refuse(refusals, 'akron', 'at once');
  await settle();
  expect(sent).toEqual(['at once']);
  gone.emit('close');
  void refuse(refusals, 'akron', 'held as well');
  await settle();
  expect(sent).toEqual(['at once', 'held']);
});

test('a gateway that stops sends all waiting refusals at once', async () => {
  const refusals = new Refusals({ atOnce: 0 });
  void refuse(refusals, 'akron', 'held');
  await settle();
  expect(sent).toEqual([]);
  refusals.close();
  void refuse(refusals, 'akron', 'later');
  await settle();
  expect(sent).toEqual(['held', 'later']);
});
