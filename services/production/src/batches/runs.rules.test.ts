import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differenceOf, outcomesOf, settledAt, type Course, type Outcome } from './runs.rules.ts';

/** An instant of the day, in milliseconds. */
const t = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
};
type Said = { to?: string; pauses?: string[]; resumes?: string[]; counted?: string };
const course = (batch_number: string, from: string, { to, pauses = [], resumes = [], counted }: Said = {}): Course => ({
  id: batch_number,
  batch_number,
  started_at: t(from),
  ended_at: to === undefined ? null : t(to),
  pauses: pauses.map(t),
  resumes: resumes.map(t),
  counted_at: counted === undefined ? null : t(counted),
});
const time = (ms: number | null): string => (ms === null ? '…' : new Date(ms).toISOString().slice(11, 16));
const shown = ({ runs, is_paused, is_interrupted, cut }: Outcome): string =>
  [
    ...runs.map(({ from, to }) => `${time(from)}-${time(to)}`),
    ...(is_paused ? ['paused'] : []),
    ...(is_interrupted ? ['interrupted'] : []),
    ...(cut === null ? [] : [`cut ${time(cut.at)}`]),
  ].join(' ');
const outcomes = (...courses: Course[]): Record<string, string> =>
  Object.fromEntries([...outcomesOf(courses)].map(([id, outcome]) => [id, shown(outcome)]));

describe('which batch has the line', () => {
  test('a batch that another one interrupts goes on when that ends: its time is its run intervals', () => {
    const [a, b] = [course('A', '06:00', { to: '10:00' }), course('B', '07:00', { to: '07:30' })];
    expect(outcomes(a, b)).toEqual({ A: '06:00-07:00 07:30-10:00', B: '07:00-07:30' });
  });

  test('it goes on when that pauses, and is flagged while that runs', () => {
    expect(outcomes(course('A', '06:00'), course('B', '07:00'))).toEqual({
      A: '06:00-07:00 interrupted',
      B: '07:00-…',
    });
    expect(outcomes(course('A', '06:00'), course('B', '07:00', { pauses: ['07:30'] }))).toEqual({
      A: '06:00-07:00 07:30-…',
      B: '07:00-07:30 paused',
    });
  });

  test('of batches that start at one instant the higher number has the line', () => {
    const both = { A: 'interrupted', B: '06:00-…' };
    expect(outcomes(course('A', '06:00'), course('B', '06:00'))).toEqual(both);
    expect(outcomes(course('B', '06:00'), course('A', '06:00'))).toEqual(both);
  });

  test('one that is resumed takes the line, also from one that runs', () => {
    const a = course('A', '06:00', { resumes: ['08:00'], to: '09:00' });
    expect(outcomes(a, course('B', '07:00', { to: '10:00' }))).toEqual({
      A: '06:00-07:00 08:00-09:00',
      B: '07:00-08:00 09:00-10:00',
    });
  });

  test('paused and resumed at one instant, it runs; words before the start and after the end say nothing', () => {
    const words = { pauses: ['05:00', '07:00', '11:00'], resumes: ['05:30', '07:00', '12:00'], to: '10:00' };
    expect(outcomes(course('A', '06:00', words))).toEqual({ A: '06:00-10:00' });
  });
});

describe('a batch that nobody ended', () => {
  const a = (more: Said = {}) => course('A', '06:00', more);
  const b = course('B', '07:00', { to: '07:30' });
  const c = course('C', '12:00');

  test('ended where it was interrupted, once a third batch has started', () => {
    expect(outcomes(a(), b)).toEqual({ A: '06:00-07:00 07:30-…', B: '07:00-07:30' });
    expect(outcomes(a(), b, c)).toEqual({ A: '06:00-07:00 cut 07:00', B: '07:00-07:30', C: '12:00-…' });
  });

  test('ended at a later count or pause of its own', () => {
    expect(outcomes(a({ counted: '09:00' }), b, c)).toMatchObject({ A: '06:00-07:00 07:30-09:00 cut 09:00' });
    expect(outcomes(a({ counted: '06:30' }), b, c)).toMatchObject({ A: '06:00-07:00 cut 07:00' });
    expect(outcomes(a({ pauses: ['13:00'] }), b, c)).toMatchObject({ A: '06:00-07:00 07:30-12:00 cut 13:00' });
  });

  test('is not cut while a word says that it is paused, nor after one that resumes it', () => {
    expect(outcomes(a({ pauses: ['06:30'] }), b, c)).toMatchObject({ A: '06:00-06:30 paused' });
    expect(outcomes(a({ resumes: ['11:00'] }), b, c)).toMatchObject({ A: '06:00-07:00 07:30-12:00 interrupted' });
  });

  test('is not cut by the same two batches that take turns', () => {
    const turns = outcomes(a({ resumes: ['08:00', '10:00'] }), course('B', '07:00', { resumes: ['09:00'] }));
    expect(turns).toEqual({ A: '06:00-07:00 08:00-09:00 10:00-…', B: '07:00-08:00 09:00-10:00 interrupted' });
  });
});

const instant = fc.integer({ min: 0, max: 40 });
const someInstants = fc.uniqueArray(instant, { maxLength: 4 });
const courses: fc.Arbitrary<Course[]> = fc
  .uniqueArray(
    fc.record({
      batch_number: fc.constantFrom('A', 'B', 'C', 'D', 'E', 'F'),
      started_at: instant,
      lasts: fc.option(fc.integer({ min: 1, max: 20 })),
      pauses: someInstants,
      resumes: someInstants,
      counted_at: fc.option(instant),
    }),
    { maxLength: 6, selector: ({ batch_number }) => batch_number },
  )
  .map((all) =>
    all.map(({ lasts, ...one }) => ({
      ...one,
      id: one.batch_number,
      ended_at: lasts === null ? null : one.started_at + lasts,
    })),
  );
const byId = (all: ReadonlyMap<string, Outcome>) => Object.fromEntries(all);

describe('whatever is said of the batches of a line', () => {
  test('the order in which it is said changes nothing', () => {
    const shuffledToo = courses.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc
          .shuffledSubarray(all, { minLength: all.length })
          .map((mixed) =>
            mixed.map((one) => ({ ...one, pauses: one.pauses.toReversed(), resumes: one.resumes.toReversed() })),
          ),
      ),
    );
    fc.assert(
      fc.property(shuffledToo, ([all, mixed]) => expect(byId(outcomesOf(mixed))).toEqual(byId(outcomesOf(all)))),
    );
  });

  test('runs never overlap, and lie between the start and the end of their batch', () => {
    fc.assert(
      fc.property(courses, (all) => {
        const laid = outcomesOf(all);
        const runs = all.flatMap(({ id }) => laid.get(id)?.runs ?? []).toSorted((a, b) => a.from - b.from);
        for (const [index, run] of runs.entries()) {
          expect(run.to ?? Infinity).toBeGreaterThan(run.from);
          expect(run.to ?? Infinity).toBeLessThanOrEqual(runs[index + 1]?.from ?? Infinity);
        }
        for (const { id, started_at, ended_at } of all)
          for (const { from, to } of laid.get(id)?.runs ?? []) {
            expect(from).toBeGreaterThanOrEqual(started_at);
            expect(to ?? Infinity).toBeLessThanOrEqual(ended_at ?? Infinity);
          }
      }),
    );
  });

  test('the line is taken whenever a batch has begun and neither ended nor paused', () => {
    fc.assert(
      fc.property(courses, instant, (all, at) => {
        const laid = outcomesOf(all);
        const says = (words: readonly number[], { started_at }: Course) =>
          Math.max(...words.filter((word) => word > started_at && word <= at), started_at);
        const wants = all.filter((one) => {
          const end = one.ended_at ?? laid.get(one.id)?.cut?.at ?? Infinity;
          return one.started_at <= at && at < end && says(one.resumes, one) >= says(one.pauses, one);
        });
        const holders = all.filter(({ id }) =>
          laid.get(id)?.runs.some(({ from, to }) => from <= at && at < (to ?? Infinity)),
        );
        expect(holders).toHaveLength(wants.length > 0 ? 1 : 0);
      }),
    );
  });

  test('a pause and a resumption at one instant, while it has the line, change nothing', () => {
    fc.assert(
      fc.property(courses, fc.nat(), instant, (all, which, at) => {
        const laid = outcomesOf(all);
        const one = all[which % Math.max(all.length, 1)];
        const holds = one && laid.get(one.id)?.runs.some(({ from, to }) => from <= at && at < (to ?? Infinity));
        // Resumed, one that nobody ended may no longer be cut.
        fc.pre(holds === true && all.every(({ ended_at }) => ended_at !== null));
        const again = outcomesOf(
          all.map((other) =>
            other === one ? { ...one, pauses: [...one.pauses, at], resumes: [...one.resumes, at] } : other,
          ),
        );
        const runsOf = (of: ReadonlyMap<string, Outcome>) => [...of].map(([id, { runs }]) => [id, runs]);
        expect(runsOf(again).filter(([id]) => id === one?.id)).toEqual(runsOf(laid).filter(([id]) => id === one?.id));
      }),
    );
  });

  test('from the instant at which a batch is settled, no start of another one changes when it ran, but by cutting a third', () => {
    fc.assert(
      fc.property(courses, fc.nat(), fc.nat({ max: 20 }), (all, which, later) => {
        const one = all[which % Math.max(all.length, 1)];
        const outcome = one && outcomesOf(all).get(one.id);
        if (one === undefined || outcome === undefined) return;
        const settled = one.ended_at ?? settledAt(one, outcome);
        if (settled === null) return;
        const more = { ...course('Z', '00:00'), started_at: settled + later };
        const again = outcomesOf([...all, more]);
        fc.pre(all.every(({ id }) => again.get(id)?.cut?.at === outcomesOf(all).get(id)?.cut?.at));
        expect(again.get(one.id)?.runs).toEqual(outcome.runs);
      }),
    );
  });
});

/** How often the batches, their pauses and their resumptions are read. */
function readsOf(all: readonly Course[]): number {
  let reads = 0;
  const counted = <T extends object>(of: T): T =>
    new Proxy(of, {
      get(target, key, receiver): unknown {
        reads += 1;
        return Reflect.get(target, key, receiver);
      },
    });
  outcomesOf(
    all.map((one) => counted({ ...one, pauses: counted([...one.pauses]), resumes: counted([...one.resumes]) })),
  );
  return reads;
}

test.each(['ended', 'open'])(
  'twice as many words about %s batches, or twice as many batches, are twice the work, not four times',
  (state) => {
    const paused = (batches: number, words: number): Course[] =>
      Array.from({ length: batches }, (_, batch) => {
        const every = (from: number) => Array.from({ length: words }, (_word, n) => from + n * 2 * batches + batch);
        return {
          ...course(`B${batch}`, '00:00'),
          started_at: batch,
          ended_at: state === 'ended' ? 1e9 + batch : null,
          pauses: every(1_000),
          resumes: every(1_000 + batches),
        };
      });
    const once = readsOf(paused(10, 100));
    expect(readsOf(paused(10, 200)) / once).toBeLessThan(2.1);
    expect(readsOf(paused(20, 100)) / once).toBeLessThan(2.1);
  },
);

test('the difference of two lists of runs is the time in which they differ', () => {
  const before = [
    { from: 1, to: 3 },
    { from: 5, to: null },
  ];
  expect(differenceOf(before, before)).toBeNull();
  expect(differenceOf(before, [{ from: 1, to: null }])).toEqual({ from: 3, to: 5 });
  expect(differenceOf(before, [{ from: 1, to: 3 }])).toEqual({ from: 5, to: null });
  expect(differenceOf([], [{ from: 2, to: 4 }])).toEqual({ from: 2, to: 4 });
});
