import { describe, expect, test } from '@jest/globals';
import { Problem, type Reading } from '@plantops/contracts';
import fc from 'fast-check';
import {
  announcedOf,
  checkLimits,
  inOrder,
  judge,
  judgeAt,
  judgePending,
  MOST_ANNOUNCED,
  UNREAD,
  type Crossing,
} from './sensor.rules.ts';

const second = (n: number) => new Date(Date.UTC(2026, 2, 2, 8, 0, n)).toISOString();
const good = (n: number, value: number): Reading => ({ at: second(n), value, quality: 'good' });
const undamped = { deadband: 0, delay_seconds: 0 };
const limits = { low_limit: 10, high_limit: 20, ...undamped };
const announced = (crossings: readonly Crossing[]) =>
  crossings.map(({ what, side, limit, value, at }) => [what, side, limit, value, at]);

const someReadings = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 60 }).map(second),
      value: fc.integer({ min: 5, max: 25 }),
      quality: fc.constantFrom<Reading['quality']>('good', 'good', 'good', 'uncertain', 'bad'),
    }),
    { maxLength: 40 },
  )
  .map(inOrder);
const someLimits = fc.constantFrom(
  limits,
  { low_limit: null, high_limit: 20, ...undamped },
  { low_limit: 10, high_limit: null, ...undamped },
  { low_limit: null, high_limit: null, ...undamped },
);
const someDamped = fc
  .tuple(someLimits, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 8 }))
  .map(([within, deadband, delay_seconds]) => ({ ...within, deadband, delay_seconds }));

describe('the limits of a sensor', () => {
  test.each([
    [10, 20],
    [null, 20],
    [10, null],
    [null, null],
  ])('%p to %p are possible', (low_limit, high_limit) =>
    expect(() => checkLimits({ low_limit, high_limit, deadband: 0 })).not.toThrow(),
  );
  test.each([
    [20, 20],
    [21, 20],
  ])('%p to %p are not', (low_limit, high_limit) =>
    expect(() => checkLimits({ low_limit, high_limit, deadband: 0 })).toThrow(Problem),
  );
  test('leave room for the deadband', () => {
    expect(() => checkLimits({ ...limits, deadband: 10 })).not.toThrow();
    expect(() => checkLimits({ low_limit: null, high_limit: 20, deadband: 11 })).not.toThrow();
    expect(() => checkLimits({ ...limits, deadband: 10.1 })).toThrow(/deadband: must be at most .*10/);
  });
});

describe('of many crossings', () => {
  const crossing = (n: number): Crossing => ({
    what: n % 2 ? 'breached' : 'cleared',
    side: 'high',
    limit: 20,
    value: n % 2 ? 25 : 15,
    at: second(n),
  });

  test('few are announced, the last always, and none is uncounted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000 }), (count) => {
        const crossings = Array.from({ length: count }, (_, n) => crossing(n));
        const announcements = announcedOf(crossings);
        const between = announcements.reduce((sum, { crossings_between = 0 }) => sum + crossings_between, 0);
        expect(announcements.length).toBeLessThanOrEqual(MOST_ANNOUNCED);
        expect(announcements.length + between).toBe(count);
        expect(announcements.at(-1)?.at).toBe(crossings.at(-1)?.at);
      }),
    );
  });
});

describe('judging readings', () => {
  test('leaving the limits is one breach, coming back one clearance; the limit itself is within', () => {
    const { state, crossings } = judge(UNREAD, limits, [
      good(0, 20),
      good(1, 21),
      good(2, 25),
      good(3, 20),
      good(4, 10),
    ]);
    expect(announced(crossings)).toEqual([
      ['breached', 'high', 20, 21, second(1)],
      ['cleared', 'high', 20, 20, second(3)],
    ]);
    expect(state).toMatchObject({ last_at: second(4), last_value: 10, breached_side: null, breached_since: null });
  });

  test('while it lasts: since the first, with the value of the newest', () => {
    const { state } = judge(UNREAD, limits, [good(1, 21), good(2, 25)]);
    expect(state).toMatchObject({
      breached_side: 'high',
      breached_since: second(1),
      breached_limit: 20,
      breached_value: 25,
    });
  });

  test('from beyond one limit to beyond the other: cleared and breached', () => {
    const { crossings } = judge(UNREAD, limits, [good(1, 5), good(2, 25)]);
    expect(announced(crossings)).toEqual([
      ['breached', 'low', 10, 5, second(1)],
      ['cleared', 'low', 10, 25, second(2)],
      ['breached', 'high', 20, 25, second(2)],
    ]);
  });

  test('a reading that is not good becomes the newest, and crosses nothing', () => {
    const { state, crossings } = judge(UNREAD, limits, [
      { ...good(1, 99), quality: 'bad' },
      { ...good(2, 99), quality: 'uncertain' },
    ]);
    expect(crossings).toEqual([]);
    expect(state).toEqual({ ...UNREAD, last_at: second(2), last_value: 99 });
  });

  test('a late reading changes nothing', () => {
    const { state } = judge(UNREAD, limits, [good(5, 25)]);
    expect(judge(state, limits, [good(3, 15), good(5, 15)])).toEqual({ state, crossings: [] });
  });

  test('a limit that was removed clears with the next good reading', () => {
    const { state } = judge(UNREAD, limits, [good(1, 25)]);
    const { crossings } = judge(state, { low_limit: null, high_limit: null, ...undamped }, [good(2, 26)]);
    expect(announced(crossings)).toEqual([['cleared', 'high', 20, 26, second(2)]]);
  });

  test('the same crossings and the same state, in whatever batches they arrive', () => {
    fc.assert(
      fc.property(someReadings, someDamped, fc.array(fc.nat(40)), (readings, within, cuts) => {
        const edges = [0, ...cuts.filter((cut) => cut < readings.length).toSorted((a, b) => a - b), readings.length];
        let state = UNREAD;
        const crossings: Crossing[] = [];
        for (const [index, edge] of edges.slice(1).entries()) {
          const judged = judge(state, within, readings.slice(edges[index], edge));
          state = judged.state;
          crossings.push(...judged.crossings);
        }
        expect({ state, crossings }).toEqual(judge(UNREAD, within, readings));
      }),
    );
  });

  test('breached and cleared alternate, each pair for one side, and the last one agrees with the state', () => {
    const seen = { breached: 0, cleared: 0 };
    fc.assert(
      fc.property(someReadings, someLimits, (readings, within) => {
        const { state, crossings } = judge(UNREAD, within, readings);
        for (const [index, { what, side, at }] of crossings.entries()) {
          seen[what] += 1;
          expect(what).toBe(index % 2 === 0 ? 'breached' : 'cleared');
          if (what === 'cleared') expect(side).toBe(crossings[index - 1]?.side);
          if (index > 0) expect(at >= (crossings[index - 1]?.at ?? '')).toBe(true);
        }
        const last = crossings.at(-1);
        expect(state.breached_side).toBe(last?.what === 'breached' ? last.side : null);
        expect(state.breached_since).toBe(last?.what === 'breached' ? last.at : null);
      }),
    );
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20);
  });

  test('after each good reading the state has the side of the limits on which it lies', () => {
    const seen = { low: 0, high: 0, within: 0 };
    fc.assert(
      fc.property(someReadings, (readings) => {
        let state = UNREAD;
        for (const reading of readings) {
          state = judge(state, limits, [reading]).state;
          if (reading.quality !== 'good') continue;
          const side = reading.value < 10 ? 'low' : reading.value > 20 ? 'high' : null;
          expect(state.breached_side).toBe(side);
          seen[side ?? 'within'] += 1;
        }
      }),
    );
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20);
  });
});

describe('a deadband', () => {
  const damped = { ...limits, deadband: 2 };

  test('makes one breach of values that swing around the limit', () => {
    const swinging = [21, 19, 21, 19, 18.5, 22, 18, 19].map((value, n) => good(n, value));
    expect(announced(judge(UNREAD, damped, swinging).crossings)).toEqual([
      ['breached', 'high', 20, 21, second(0)],
      ['cleared', 'high', 20, 18, second(6)],
    ]);
    expect(announced(judge(UNREAD, damped, [good(0, 9), good(1, 11), good(2, 12)]).crossings)).toEqual([
      ['breached', 'low', 10, 9, second(0)],
      ['cleared', 'low', 10, 12, second(2)],
    ]);
  });

  test('holds back no breach of the other limit', () => {
    expect(announced(judge(UNREAD, damped, [good(0, 9), good(1, 21)]).crossings)).toHaveLength(3);
  });
});

describe('a delay', () => {
  const damped = { ...limits, delay_seconds: 5 };

  test('makes a breach of values that stay beyond the limit, since the first of them, when the delay is over', () => {
    const { state, crossings } = judge(UNREAD, damped, [good(0, 21), good(3, 22), good(7, 23)]);
    expect(announced(crossings)).toEqual([['breached', 'high', 20, 22, second(5)]]);
    expect(state).toMatchObject({ breached_since: second(0), breached_value: 23, pending_side: null });
  });

  test('leaves out what comes back in time, also beyond the other limit, and begins again after that', () => {
    const readings = [good(0, 21), good(4, 20), good(5, 21), good(9, 5), good(13, 5), good(14, 5)];
    expect(announced(judge(UNREAD, damped, readings).crossings)).toEqual([['breached', 'low', 10, 5, second(14)]]);
  });

  test('passes without a reading, too: the last value lasts', () => {
    const { state } = judge(UNREAD, damped, [good(0, 21)]);
    expect(judgeAt(state, damped, second(4))).toEqual({ state, crossings: [] });
    const due = judgeAt(state, damped, second(6));
    expect(announced(due.crossings)).toEqual([['breached', 'high', 20, 21, second(5)]]);
    // As if the next reading had come first.
    const next = judge(due.state, damped, [good(8, 15)]);
    const at_once = judge(UNREAD, damped, [good(0, 21), good(8, 15)]);
    expect(next.state).toEqual(at_once.state);
    expect([...due.crossings, ...next.crossings]).toEqual(at_once.crossings);
  });

  test('that was over when a reading of before came: no crossing is before the one before it', () => {
    let moved = 0;
    fc.assert(
      fc.property(
        someReadings,
        fc.array(fc.tuple(someDamped, fc.nat(8)), { minLength: 40, maxLength: 40 }),
        (readings, then) => {
          let state = UNREAD;
          let newest = '';
          for (const [index, reading] of readings.entries()) {
            const [within, later] = then[index] as (typeof then)[number];
            const read = judge(state, within, [reading]);
            const passed = judgeAt(read.state, within, new Date(Date.parse(reading.at) + later * 1_000).toISOString());
            for (const { at } of [...read.crossings, ...passed.crossings]) {
              expect(at >= newest).toBe(true);
              newest = at;
            }
            if (newest > reading.at) moved += 1;
            state = passed.state;
          }
        },
      ),
    );
    expect(moved).toBeGreaterThan(20);
  });

  test('runs under the limits as they are now: what is within them is pending no more', () => {
    const { state } = judge(UNREAD, damped, [good(0, 25)]);
    const under = (high_limit: number | null, delay_seconds = 5, low_limit: number | null = null) =>
      announced(judgeAt(state, { ...damped, low_limit, high_limit, delay_seconds }, second(9)).crossings);
    expect(under(22)).toEqual([['breached', 'high', 22, 25, second(5)]]);
    expect(under(20, 1)).toEqual([['breached', 'high', 20, 25, second(1)]]);
    for (const none of [under(25), under(null), under(20, 10), under(null, 5, 30)]) expect(none).toEqual([]);
    expect(judgePending(state, { ...damped, high_limit: null })).toEqual({
      ...UNREAD,
      last_at: second(0),
      last_value: 25,
    });
    const breached = judgeAt(state, damped, second(9)).state;
    expect(judgePending(breached, { ...damped, high_limit: null })).toEqual(breached);
  });
});

test('of several readings for one instant the first to arrive counts', () => {
  expect(inOrder([good(2, 1), good(1, 2), good(2, 3), good(1, 4)])).toEqual([good(1, 2), good(2, 1)]);
});
