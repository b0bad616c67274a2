import { describe, expect, test } from '@jest/globals';
import { ingestSubject, readLineEvent } from '@plantops/contracts';
import fc from 'fast-check';
import type { Happening } from './happening.rules.ts';
import { begin, live, skipTo, type Line } from './line.rules.ts';

const START = Date.parse('2026-11-22T05:00:00Z');
const HOUR = 3_600_000;

const anySeed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const anyLine: fc.Arbitrary<Line> = fc.record({
  code: fc.constantFrom('FILL-1', 'PACK-1'),
  ideal_cycle_seconds: fc.constantFrom(0.2, 0.5, 1.7, 6, 40),
  products: fc.constantFrom<Line['products'][]>(['A'], ['A', 'B']),
  pace: fc.constantFrom(0.5, 1, 7, 60),
});
const anyCountInterval = fc.constantFrom(1_000, 5_000, 60_000);
const tapeOf = (line: Line, seed: number, hours: number, every: number) =>
  live(line, begin(seed, START), START + hours * HOUR, every);

const forAnyTape = (holds: (tape: readonly Happening[], line: Line) => void) =>
  fc.assert(
    fc.property(anyLine, anySeed, anyCountInterval, (line, seed, every) =>
      holds(tapeOf(line, seed, 3 / line.pace, every).happenings, line),
    ),
    { numRuns: 25 },
  );
const of = <K extends Happening['kind']>(tape: readonly Happening[], kind: K) =>
  tape
    .filter((one): one is Extract<Happening, { kind: K }> => one.kind === kind)
    .map(({ body }) => body as Extract<Happening, { kind: K }>['body']);
const sum = (values: readonly (number | undefined)[]) =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);

describe('the life of a line', () => {
  test('consists of events that are all valid', () => {
    forAnyTape((tape, line) => {
      const readings = tape.map(({ kind, body }, seq) =>
        readLineEvent(
          ingestSubject('akron', line.code, kind),
          JSON.stringify({ id: `e-${seq}`, ...body, source: 'simulator', seq }),
        ),
      );
      expect(readings.filter(({ ok }) => !ok)).toEqual([]);
    });
  });

  test('depends on the seed only', () => {
    fc.assert(
      fc.property(anyLine, anySeed, (line, seed) => {
        expect(tapeOf(line, seed, 1, 5_000)).toEqual(tapeOf(line, seed, 1, 5_000));
        expect(tapeOf(line, seed, 1, 5_000).happenings).not.toEqual(tapeOf(line, seed + 1, 1, 5_000).happenings);
      }),
      { numRuns: 20 },
    );
  });

  test('is the same whether it is simulated in one step or in many', () => {
    fc.assert(
      fc.property(
        anyLine,
        anySeed,
        fc.array(fc.integer({ min: 0, max: HOUR }), { maxLength: 20 }),
        (line, seed, looks) => {
          let life = begin(seed, START);
          const events: Happening[] = [];
          for (const look of [...looks.sort((a, b) => a - b), HOUR]) {
            const lived = live(line, life, START + look, 5_000);
            events.push(...lived.happenings);
            life = lived.life;
          }
          expect({ life, happenings: events }).toEqual(tapeOf(line, seed, 1, 5_000));
        },
      ),
      { numRuns: 40 },
    );
  });

  test('never goes back in time', () => {
    forAnyTape((tape) => {
      const times = tape.map(({ body }) => body.at);
      expect(times).toEqual(times.toSorted());
    });
  });

  test('changes its state with every state event: a changeover comes before a batch, and a line runs after a stop', () => {
    const mayFollow: Record<string, readonly string[]> = {
      idle: ['changeover'],
      changeover: ['running'],
      running: ['stopped', 'starved', 'blocked', 'changeover', 'idle'],
      stopped: ['running'],
      starved: ['running'],
      blocked: ['running'],
    };
    forAnyTape((tape) => {
      const states = of(tape, 'state').map(({ state }) => state);
      expect(states[0]).toBe('changeover');
      states.slice(1).forEach((state, index) => expect(mayFollow[states[index] as string]).toContain(state));
    });
  });

  test('runs one batch at a time, and completes each after its start', () => {
    forAnyTape((tape) => {
      const bounds = tape.filter(({ kind }) => kind === 'batch.started' || kind === 'batch.completed') as Extract<
        Happening,
        { kind: 'batch.started' | 'batch.completed' }
      >[];
      bounds.forEach(({ kind, body }, index) => {
        expect(kind).toBe(index % 2 === 0 ? 'batch.started' : 'batch.completed');
        const started = bounds[index - 1];
        if (kind !== 'batch.completed' || started === undefined) return;
        expect(body.batch_number).toBe(started.body.batch_number);
        expect(body.at > started.body.at).toBe(true);
      });
      const numbers = of(tape, 'batch.started').map(({ batch_number }) => batch_number);
      expect(new Set(numbers).size).toBe(numbers.length);
    });
  });

  test('counts at most what the time it ran allows, and no negative numbers', () => {
    forAnyTape((tape, line) => {
      const counts = of(tape, 'count');
      expect(counts.length).toBeGreaterThan(0);
      for (const { good, reject } of counts) expect(Math.min(good, reject ?? 0)).toBeGreaterThanOrEqual(0);
      const states = [...of(tape, 'state'), { state: 'idle', at: counts.at(-1)?.at ?? tape.at(-1)?.body.at ?? '' }];
      const ran = sum(
        states
          .slice(1)
          .map(({ at }, index) =>
            states[index]?.state === 'running' ? Math.max(Date.parse(at) - Date.parse(states[index].at), 0) : 0,
          ),
      );
      expect(sum(counts.map(({ good, reject }) => good + (reject ?? 0)))).toBeLessThanOrEqual(
        ran / 1000 / line.ideal_cycle_seconds + 1,
      );
    });
  });

  test('totals of a completed batch are the sums of its counts; all scrap was counted as rejects before', () => {
    forAnyTape((tape) => {
      for (const total of of(tape, 'batch.completed')) {
        const counts = of(tape, 'count').filter(({ batch_number }) => batch_number === total.batch_number);
        const scraps = of(tape, 'scrap').filter(({ batch_number }) => batch_number === total.batch_number);
        const logged = (which: (scrap: (typeof scraps)[number]) => boolean) =>
          sum(scraps.filter(which).map(({ quantity }) => quantity));
        expect(total.good_count).toBe(sum(counts.map(({ good }) => good)));
        expect(sum([total.scrap_count, total.startup_scrap_count, total.rework_count])).toBe(
          sum(counts.map(({ reject }) => reject)),
        );
        expect(total.startup_scrap_count).toBe(logged(({ phase }) => phase === 'startup'));
        expect(total.rework_count).toBe(logged(({ disposition }) => disposition !== 'scrap'));
        expect(total.scrap_count).toBeGreaterThanOrEqual(
          logged(({ phase, disposition }) => phase !== 'startup' && disposition === 'scrap'),
        );
        const planned = of(tape, 'batch.started').find(
          ({ batch_number }) => batch_number === total.batch_number,
        )?.planned_quantity;
        expect(sum([total.good_count, total.scrap_count, total.startup_scrap_count, total.rework_count])).toBe(planned);
      }
    });
  });

  test('makes no units in time that is skipped', () => {
    fc.assert(
      fc.property(
        anyLine,
        anySeed,
        fc.integer({ min: 0, max: HOUR }),
        fc.integer({ min: 0, max: 100 * HOUR }),
        (line, seed, before, gap) => {
          const { life } = live(line, begin(seed, START), START + before, 5_000);
          const skipped = skipTo(life, START + before + gap);
          const onward = live(line, life, START + before + HOUR / 4, 5_000);
          const later = live(line, skipped, START + before + gap + HOUR / 4, 5_000);
          expect(of(later.happenings, 'count').map(({ good }) => good)).toEqual(
            of(onward.happenings, 'count').map(({ good }) => good),
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('gives realistic figures: availability 85 %, speed 92 %, rejects 2 %, OEE 75 %', () => {
    const line: Line = { code: 'FILL-1', ideal_cycle_seconds: 0.5, products: ['A'], pace: 1 };
    const tape = tapeOf(line, 7, 200, 60_000).happenings;
    const states = of(tape, 'state');
    const seconds = (fits: (state: (typeof states)[number]) => boolean) =>
      sum(
        states
          .slice(1)
          .map(({ at }, index) =>
            fits(states[index] as (typeof states)[number])
              ? (Date.parse(at) - Date.parse(states[index]?.at as string)) / 1000
              : 0,
          ),
      );
    const producing = seconds(({ state, reason_code }) => state === 'running' || reason_code === 'jam');
    const busy = seconds(({ state }) => state !== 'idle');
    const good = sum(of(tape, 'count').map((one) => one.good));
    const made = good + sum(of(tape, 'count').map(({ reject }) => reject));
    expect(producing / busy).toBeCloseTo(0.85, 1.5);
    expect((made * line.ideal_cycle_seconds) / producing).toBeCloseTo(0.92, 1.5);
    expect(1 - good / made).toBeCloseTo(0.02, 2);
    expect((good * line.ideal_cycle_seconds) / busy).toBeCloseTo(0.755, 1.5);
  });
});
