import { expect, test } from '@jest/globals';
import type { LineEvent } from '@plantops/contracts';
import { at, shuffled } from '@plantops/testing';
import fc from 'fast-check';
import { instantsAt, instantsOf, unitOffsets, withInstants, type Minute } from './activity.rules.ts';

const event = (kind: LineEvent['kind'], body: object) =>
  ({ tenant: 'akron', line: 'L1', kind, body: { id: 'e', ...body } }) as LineEvent;
const minuteWith = (...events: LineEvent[]) => withInstants(undefined, events.flatMap(instantsOf));
const count = (time: string, good: number) => event('count', { at: at(time), good });
const reading = (time: string, total: number, counter?: string) => event('counter', { at: at(time), total, counter });

test('a minute keeps when its first and last event came, and when good units were counted', () => {
  const minute = minuteWith(
    count('07:00:01', 5),
    count('07:00:30', 0),
    event('state', { at: at('07:00:59'), state: 'running' }),
    count('2026-03-02T07:00:02.500Z', 1),
  );
  expect(minute).toEqual({
    line_code: 'L1',
    minute: at('07:00'),
    first_at: at('07:00:01'),
    last_at: at('07:00:59'),
    units: [1_000, 2_500],
    totals: [],
  });
  expect(instantsAt(minute.minute, unitOffsets(minute, null))).toEqual([
    at('07:00:01'),
    at('2026-03-02T07:00:02.500Z'),
  ]);
});

test('a complete stop has been seen at both its ends, in a minute of each', () => {
  const stop = event('downtime.ended', { start_time: at('07:00:10'), end_time: at('07:20') });
  expect(instantsOf(stop).map((one) => one.at)).toEqual([at('07:00:10'), at('07:20')]);
});

test.each([
  ['the first one says nothing: what it was before is not known', null, []],
  ['a total that was higher before says that the counter began again', 900, []],
  ['the same total says nothing', 110, []],
  ['a higher total counts', 100, [10_000]],
])('of readings of a counter: %s', (_, previous, expected) => {
  const minute = minuteWith(reading('07:00:10', 110), reading('07:00:20', 110), reading('07:00:15', 500, 'reject'));
  expect(unitOffsets(minute, previous)).toEqual(expected);
});

test('events in any order and twice make the same minute, which keeps at most one unit and one reading a second', () => {
  const second = fc.integer({ min: 0, max: 59_999 });
  const one = fc.oneof(
    fc.record({ kind: fc.constant('count'), offset: second, value: fc.integer({ min: 0, max: 2 }) }),
    fc.record({ kind: fc.constant('counter'), offset: second, value: fc.integer({ min: 0, max: 99 }) }),
  );
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 200 }), fc.integer(), fc.nat(20), (drawn, seed, cut) => {
      const events = drawn.map(({ kind, offset, value }) => {
        const when = new Date(Date.parse(at('07:00')) + offset).toISOString();
        return event(kind, kind === 'count' ? { at: when, good: value } : { at: when, total: value });
      });
      const whole = minuteWith(...events);
      const mixed = shuffled(events.flatMap(instantsOf), seed);
      let parts: Minute | undefined;
      for (const chunk of [mixed.slice(0, cut), mixed.slice(cut), mixed.slice(0, 3)])
        if (chunk.length > 0) parts = withInstants(parts, chunk);
      expect(parts).toEqual(whole);
      for (const list of [whole.units, whole.totals.map(([offset]) => offset)])
        expect(new Set(list.map((offset) => Math.floor(offset / 1_000))).size).toBe(list.length);
    }),
  );
});
