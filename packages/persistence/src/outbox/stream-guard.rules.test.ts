import { describe, expect, test } from '@jest/globals';
import { isTailLost, lastIntact } from './stream-guard.rules.ts';

const highest = { id: 'e9', seq: 9, subject: 'plantops.events.akron.trial.started' };
const state = { created: '2026-03-02T08:00:00Z', first: 1 };

describe('the end of a stream is lost', () => {
  test.each([
    ['when the last message of its subject is an earlier one', state, { id: 'e4', seq: 4 }, true],
    ['when no message of its subject is left', state, undefined, true],
    ['when another message has its sequence', state, { id: 'f1', seq: 9 }, true],
    ['but not when the message has its sequence', state, { id: 'e9', seq: 9 }, false],
    ['nor when the subject has a later message', state, { id: 'f1', seq: 12 }, false],
    ['nor when the limits of the stream dropped it', { ...state, first: 10 }, undefined, false],
  ])('%s', (_what, of, last, lost) => expect(isTailLost(highest, of, last)).toBe(lost));

  test('nor when nothing was ever acknowledged', () => expect(isTailLost(undefined, state, undefined)).toBe(false));
});

describe('a loss begins', () => {
  const acknowledged = [1, 4, 7, 9].map((seq) => ({ id: `e${seq}`, seq }));

  test('after the last message that still has its sequence', () => {
    expect(lastIntact(acknowledged, [undefined, { id: 'e4', seq: 4 }, { id: 'e1', seq: 1 }])).toBe(4);
  });
  test('before a sequence that has another message now, and before a missing one', () => {
    expect(
      lastIntact(acknowledged, [
        { id: 'e4', seq: 4 },
        { id: 'f7', seq: 7 },
        { id: 'e9', seq: 5 },
        { id: 'f8', seq: 8 },
      ]),
    ).toBe(4);
  });
  test('at the beginning when no message has its sequence', () =>
    expect(lastIntact(acknowledged, [undefined])).toBe(0));
});
