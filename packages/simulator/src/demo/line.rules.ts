/**
 * Simulates one line: batches, each after a changeover, and stops. (line, life, now) -> life + events; the same seed
 * gives the same events. On average: availability about 85 %, about 95 % of the ideal speed between micro-stops (92 %
 * with them) and 2 % rejects, hence an OEE of about 75 %.
 */
import type { LineState } from '@plantops/contracts';
import { instantOf, type Happening } from './happening.rules.ts';
import { Random } from './random.rules.ts';
import { completed, countUnits, doneAt, madeIn, type Run } from './run.rules.ts';

export type Line = {
  readonly code: string;
  readonly ideal_cycle_seconds: number;
  readonly products: readonly [string, ...string[]];
  /** How many times more often than in a real plant batches and stops occur. Units are made at the line's own speed. */
  readonly pace: number;
};

export type LineLife = {
  readonly seed: number;
  readonly lived_until: number;
  readonly state: LineState;
  /** When the state ends, unless the batch ends first. */
  readonly until: number;
  readonly count_at: number;
  /** The running batch, also while the line is stopped; null between two batches. */
  readonly run: Run | null;
};
type Step = { readonly life: LineLife; readonly happenings: readonly Happening[] };

/** A line before the changeover for its first batch. */
export const begin = (seed: number, at: number): LineLife => ({
  seed,
  lived_until: at,
  state: 'idle',
  until: at,
  count_at: at,
  run: null,
});

/** Simulates the line until now, with a count every `countEveryMs`. */
export function live(line: Line, life: LineLife, now: number, countEveryMs: number): Step {
  const draw = new Random(life.seed);
  const happenings: Happening[] = [];
  let current = life;
  for (let due = dueAt(current); due <= now; due = dueAt(current)) {
    const step = next(line, current, due, draw, countEveryMs);
    happenings.push(...step.happenings);
    current = step.life;
  }
  return { life: { ...current, seed: draw.state, lived_until: Math.max(now, life.lived_until) }, happenings };
}

/** Moves the life to now as if no time had passed: no events and no units meanwhile. */
export function skipTo(life: LineLife, now: number): LineLife {
  const gap = Math.max(now - life.lived_until, 0);
  const run = life.run && { ...life.run, counted_until: life.run.counted_until + gap };
  return { ...life, lived_until: life.lived_until + gap, until: life.until + gap, count_at: life.count_at + gap, run };
}

const dueAt = ({ state, until, count_at, run }: LineLife): number =>
  state === 'running' && run !== null ? Math.min(until, count_at, doneAt(run)) : until;

function next(line: Line, life: LineLife, at: number, draw: Random, countEveryMs: number): Step {
  const { run } = life;
  const lasting = (low: number, high: number) =>
    at + Math.max(Math.round((draw.between(low, high) * 1000) / line.pace), 1);
  if (run === null)
    return life.state === 'idle'
      ? enter(life, at, 'changeover', lasting(180, 300))
      : startBatch(line, life, at, draw, lasting(120, 720), countEveryMs);
  if (life.state !== 'running')
    return enter(
      { ...life, count_at: at + countEveryMs, run: { ...run, counted_until: at } },
      at,
      'running',
      lasting(120, 720),
    );

  const counted = countUnits(run, at, draw);
  const after = { ...life, count_at: at + countEveryMs, run: counted.run };
  const then = ({ life: reached, happenings }: Step): Step => ({
    life: reached,
    happenings: [...counted.happenings, ...happenings],
  });
  if (madeIn(counted.run) >= run.planned_quantity) return then(completeBatch(after, counted.run, at, draw, lasting));
  return then(at < life.until ? { life: after, happenings: [] } : interrupt(after, at, draw, lasting));
}

type Lasting = (low: number, high: number) => number;

const enter = (life: LineLife, at: number, state: LineState, until: number, reason_code?: string): Step => ({
  life: { ...life, state, until },
  happenings: [
    { kind: 'state', body: { at: instantOf(at), state, ...(reason_code === undefined ? {} : { reason_code }) } },
  ],
});

/** Starts a batch of half an hour to an hour. The units of its first seconds are rejects. */
function startBatch(line: Line, life: LineLife, at: number, draw: Random, until: number, countEveryMs: number): Step {
  const seconds_per_unit = line.ideal_cycle_seconds / draw.between(0.93, 0.98);
  const units = (seconds: number) => seconds / line.pace / seconds_per_unit;
  const planned_quantity = Math.max(Math.round(units(draw.between(1_800, 3_600)) / 10) * 10, 10);
  const startup_quantity = Math.max(Math.round(units(draw.between(6, 16))), 1);
  const batch_number = `${line.code}-${instantOf(at).slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const product_code = draw.pick(line.products);
  const run: Run = {
    batch_number,
    product_code,
    planned_quantity,
    seconds_per_unit,
    counted_until: at,
    part_made: 0,
    startup_left: startup_quantity,
    startup_quantity,
    good: 0,
    unlogged: 0,
    scrapped: 0,
    startup: 0,
    reworked: 0,
  };
  const started: Happening = {
    kind: 'batch.started',
    body: { batch_number, at: instantOf(at), product_code, planned_quantity },
  };
  const running = enter({ ...life, run, count_at: at + countEveryMs }, at, 'running', until);
  return { life: running.life, happenings: [started, ...running.happenings] };
}

/** Completes a batch. Usually a changeover follows at once, sometimes the line is idle for a while. */
function completeBatch(life: LineLife, run: Run, at: number, draw: Random, lasting: Lasting): Step {
  const between = { ...life, run: null };
  const left = draw.chance(0.2)
    ? enter(between, at, 'idle', lasting(300, 600))
    : enter(between, at, 'changeover', lasting(180, 300));
  return { life: left.life, happenings: [completed(run, at), ...left.happenings] };
}

/** Codes that are categories of reasons in PlantOps. A micro-stop gets the code of the line itself. */
const BREAKDOWNS = [
  'mechanical',
  'mechanical',
  'electrical',
  'controls',
  'no_operator',
  'quality',
  'no_material',
] as const;

function interrupt(life: LineLife, at: number, draw: Random, lasting: Lasting): Step {
  const kind = draw.next();
  if (kind < 0.8) return enter(life, at, 'stopped', lasting(8, 45), 'jam');
  if (kind < 0.92) return enter(life, at, 'stopped', lasting(90, 420), draw.pick(BREAKDOWNS));
  return enter(life, at, kind < 0.96 ? 'starved' : 'blocked', lasting(90, 240));
}
