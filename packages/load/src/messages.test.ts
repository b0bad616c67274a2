import { expect, test } from '@jest/globals';
import { lineEvent, stopsIn } from './messages.ts';

test('the number of stops among line events is exact, also when the last round of lines is not complete', () => {
  const tape = { lines: 3, from: 0, everyMs: 20_000 };
  const events = Array.from({ length: 65 }, (_, n) => lineEvent(n, tape));
  for (let count = 0; count <= events.length; count += 1)
    expect(stopsIn(count, tape)).toBe(events.slice(0, count).filter(({ kind }) => kind === 'downtime.ended').length);
});
