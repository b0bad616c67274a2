import { describe, expect, test } from '@jest/globals';
import { missedUpTo, nextOf, readPosition, writePosition } from './position.rules.ts';

const full = { events: { first: 1, last: 10_000_000 }, master: { first: 1, last: 50 } };
const now = { events: { first: 100, last: 200 }, master: { first: 1, last: 50 } };
const at = (events: number, master = 50) => ({ events, master });

describe('where the live stream goes on', () => {
  test('a client without a place begins now', () =>
    expect(nextOf(undefined, now)).toEqual({ position: at(200), isReset: false }));

  test.each([
    ['everything since its place, while that is kept', at(150), false],
    ['also when exactly all of it is kept', at(99), false],
    ['not when an event after it has been dropped', at(98), true],
    ['at the very end', at(200), false],
    ['not beyond the end: the stream was restored from an older copy', at(201), true],
    ['the same of master data', at(150, 51), true],
    ['however old its place in the master data is', at(150, 0), false],
  ])('%s', (_what, seen, isReset) => {
    expect(nextOf(seen, now)).toEqual({ position: isReset ? at(200) : seen, isReset });
  });

  test('a client that is ten million events of all tenants behind goes on at its place: few of them may be its own', () => {
    expect(nextOf(at(1), full)).toEqual({ position: at(1), isReset: false });
  });

  test('more than ten thousand events of its own tenant are too many to catch up with; those that come meanwhile do not count', () => {
    const isTooMany = missedUpTo(50_000);
    const ofOwn = Array.from({ length: 10_000 }, (_, n) => 4 * n + 1);
    expect(ofOwn.filter(isTooMany)).toEqual([]);
    expect(isTooMany(50_001)).toBe(false);
    expect(isTooMany(50_000)).toBe(true);
  });

  test('a place is written as an id and read back', () =>
    expect(readPosition(writePosition(at(7, 3)))).toEqual(at(7, 3)));

  test.each(['', '1', 'a-b', '1-2-3', '-1-2', '1e3-4', '9999999999999999-1'])('"%s" is no place', (id) => {
    expect(() => readPosition(id)).toThrow(/Last-Event-ID/);
  });
});
