/** Computes the terms of OEE in a window, from every moment and unit. */
import { Fraction } from './fraction.ts';
import { isBusy, type LadderState, type Life, type Moment, type Run } from './life.ts';
import { inForce, type Count } from './raw-rows.ts';
import { runningOf, type Point, type Spread, type Units } from './units.ts';

export type Window = { readonly from: number; readonly to: number };
/** A line with its time and units laid out. */
export type Ladder = { readonly life: Life; readonly units: Units };
export type Pick = (moment: Moment, life: Life) => boolean;
export type Terms = {
  readonly ms: Readonly<Record<string, Fraction>>;
  readonly counts: Readonly<Record<string, Fraction>>;
  readonly flags: ReadonlySet<string>;
};

const lengthIn = ({ from, to }: Window, window: Window): number =>
  Math.max(0, Math.min(to, window.to) - Math.max(from, window.from));
export const momentsIn = ({ life }: Ladder, window: Window, pick: Pick): { moment: Moment; ms: number }[] =>
  life.moments
    .filter((moment) => pick(moment, life))
    .map((moment) => ({ moment, ms: lengthIn(moment, window) }))
    .filter(({ ms }) => ms > 0);

/** Rejects in ramp-up minutes do not count as produced. */
export const isProduced = ({ kind, placed }: Point): boolean =>
  placed !== undefined && (kind === 'good' || placed.moment.state !== 'ramp_up');
export const instantOf = ({ placed, at }: Point): number => placed?.instant ?? at;
const isIn = (at: number, { from, to }: Window): boolean => at >= from && at < to;
export const pointsIn = ({ life, units }: Ladder, window: Window, pick: Pick): Point[] =>
  units.points.filter((point) => {
    const moment = point.placed?.moment ?? life.moments.find(({ from, to }) => isIn(point.at, { from, to }));
    return isIn(instantOf(point), window) && moment !== undefined && pick(moment, life);
  });

/**
 * The part of spread units in a window: spread evenly over the running time, each running sum rounded to six decimals.
 */
export function spreadIn({ life }: Ladder, { run, quantity }: Spread, window: Window, pick: Pick): Fraction {
  const running = runningOf(life, run);
  const whole = running.reduce((total, { from, to }) => total + to - from, 0);
  const upTo = (ms: number) =>
    ms === whole ? quantity : quantity.times(Fraction.of(ms)).over(Fraction.of(whole)).rounded(6);
  let before = 0;
  let total = Fraction.zero;
  for (const moment of running) {
    const start = before + Math.max(0, Math.min(window.from, moment.to) - moment.from);
    const end = before + Math.max(0, Math.min(window.to, moment.to) - moment.from);
    if (end > start && pick(moment, life)) total = total.plus(upTo(end).minus(upTo(start)));
    before += moment.to - moment.from;
  }
  return total;
}

/** Closed batches whose units, in total, need more than their production time. */
function isFast({ life, units }: Ladder, run: Run): boolean {
  const made = [...units.points.filter(isProduced), ...units.spreads].filter((unit) => unit.run === run);
  const apt = life.moments.filter((moment) => moment.run === run && ['running', 'micro_stop'].includes(moment.state));
  const needed = Fraction.sum(made.map(({ quantity, priMs }) => quantity.times(priMs)));
  return (
    run.closed &&
    made.length > 0 &&
    needed.compare(Fraction.of(apt.reduce((total, { from, to }) => total + to - from, 0))) > 0
  );
}

/** Whether good units were counted in a stop, when units that come late must have been counted before. */
function isInsideStop({ life }: Ladder, { at, good }: Count, window: Window, pick: Pick): boolean {
  if (good.sign() === 0 || at < window.from || at >= window.to) return false;
  const moment = life.moments.find(({ from, to }) => from <= at && at < to);
  if (!moment?.stop || moment.state === 'micro_stop' || moment.state === 'ramp_up' || !pick(moment, life)) return false;
  const price = inForce(life.line.prices, moment.stop.from);
  const late = Math.min(3_600_000, Math.max(price?.lateMs ?? 0, price?.cycleMs.toNumber() ?? 0));
  return at > moment.stop.from + late;
}

export function termsOf(ladders: readonly Ladder[], window: Window, pick: Pick = () => true): Terms {
  const flags = new Set<string>();
  const all = ladders.map((ladder) => {
    const moments = momentsIn(ladder, window, pick);
    const points = pointsIn(ladder, window, pick);
    const spreads = ladder.units.spreads.map((spread) => ({
      ...spread,
      quantity: spreadIn(ladder, spread, window, pick),
    }));
    const made = [...points.filter(isProduced), ...spreads];
    const good = made.filter(({ kind }) => kind === 'good');
    const time = (of: (moment: Moment) => boolean) =>
      Fraction.of(moments.reduce((total, { moment, ms }) => total + (of(moment) ? ms : 0), 0));
    const inState = (...states: LadderState[]) => time(({ state }) => states.includes(state));
    const isUncounted = ({ state, run }: Moment) =>
      state === 'running' && run !== null && ladder.units.uncounted.has(run);
    const flag = (name: string, holds: boolean) => holds && flags.add(name);
    const runs = new Set(moments.flatMap(({ moment }) => moment.run ?? []));
    flag(
      'unassigned_time',
      moments.some(({ moment }) => moment.state === 'unassigned'),
    );
    flag(
      'uncounted_batch',
      moments.some(({ moment }) => isUncounted(moment)),
    );
    flag(
      'performance_above_1',
      [...runs].some((run) => isFast(ladder, run)),
    );
    flag(
      'unplaced_units',
      points.some(({ placed }) => placed === undefined),
    );
    flag(
      'units_inside_stop',
      ladder.life.counts.some((count) => isInsideStop(ladder, count, window, pick)),
    );
    flag(
      'batch_cut_by_next',
      [...runs].some(({ isCut }) => isCut),
    );
    const ideal = (of: readonly { quantity: Fraction; priMs: Fraction }[]) =>
      Fraction.sum(of.map(({ quantity, priMs }) => quantity.times(priMs)));
    return {
      ms: {
        calendar_minutes: time(() => true),
        pot_minutes: time(({ state }) => state !== 'no_shift' && state !== 'excluded'),
        pbt_minutes: time(isBusy),
        apt_minutes: inState('running', 'micro_stop'),
        planned_stop_minutes: inState('planned_stop'),
        unplanned_stop_minutes: inState('stop'),
        changeover_minutes: inState('changeover'),
        delay_minutes: inState('delay'),
        ramp_up_minutes: inState('ramp_up'),
        micro_stop_minutes: inState('micro_stop'),
        excluded_minutes: inState('excluded'),
        unassigned_minutes: inState('unassigned'),
        uncounted_minutes: time(isUncounted),
        ideal_minutes_total: ideal(made),
        ideal_minutes_good: ideal(good),
      },
      counts: {
        total_count: Fraction.sum(made.map(({ quantity }) => quantity)),
        good_count: Fraction.sum(good.map(({ quantity }) => quantity)),
      },
    };
  });
  const added = (part: 'ms' | 'counts') =>
    Object.fromEntries(
      Object.keys(blank[part]).map((name) => [
        name,
        Fraction.sum(all.map((terms) => (terms[part] as Record<string, Fraction>)[name] as Fraction)),
      ]),
    );
  return { ms: added('ms'), counts: added('counts'), flags };
}

const TIMES = [
  'calendar',
  'pot',
  'pbt',
  'apt',
  'planned_stop',
  'unplanned_stop',
  'changeover',
  'delay',
  'ramp_up',
  'micro_stop',
  'excluded',
  'unassigned',
  'uncounted',
];
const blank = {
  ms: Object.fromEntries(
    [...TIMES.map((name) => `${name}_minutes`), 'ideal_minutes_total', 'ideal_minutes_good'].map((name) => [name, 0]),
  ),
  counts: { total_count: 0, good_count: 0 },
};
