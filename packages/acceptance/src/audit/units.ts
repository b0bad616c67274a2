/**
 * Every unit of a line and its place: at an instant of planned busy time, spread over a batch's running time, or
 * without a place.
 */
import { Fraction } from './fraction.ts';
import { isBusy, type Life, type Moment, type Run } from './life.ts';
import { priOf } from './pri.ts';
import { inForce, type Count, type Kind, type Product, type Scrap } from './raw-rows.ts';

export type UnitKind = 'good' | Kind;
type Placed = { readonly instant: number; readonly moment: Moment };
export type Point = {
  readonly kind: UnitKind;
  readonly quantity: Fraction;
  readonly priMs: Fraction;
  readonly run: Run | undefined;
  readonly at: number;
  readonly placed: Placed | undefined;
  readonly logged: Scrap | undefined;
};
export type Spread = {
  readonly kind: UnitKind;
  readonly quantity: Fraction;
  readonly priMs: Fraction;
  readonly run: Run;
};
export type Units = { readonly points: Point[]; readonly spreads: Spread[]; readonly uncounted: ReadonlySet<Run> };

export const KINDS = ['scrap', 'startup', 'rework'] as const;
const six = (value: Fraction): Fraction => value.rounded(6);
const isZero = ({ good, reject }: Count): boolean => good.sign() === 0 && reject.sign() === 0;
const byTime = (a: { at: number; id: string }, b: { at: number; id: string }) => a.at - b.at || (a.id < b.id ? -1 : 1);

/**
 * The place of a unit: its own instant, if that is busy time of its batch, else the last such instant before. Without a
 * batch: of its shift or clock hour.
 */
export function placeOf(life: Life, run: Run | undefined, at: number): Placed | undefined {
  const own = life.moments.filter((moment) => isBusy(moment) && (moment.run ?? undefined) === run);
  const loose = run === undefined ? life.looseSpanAt(at) : { from: -Infinity, to: Infinity };
  if (loose === undefined) return undefined;
  const here = own.find(({ from, to }) => from <= at && at < to);
  if (here && at < loose.to) return { instant: at, moment: here };
  const before = own.findLast((moment) => moment.from < at);
  const instant = before && Math.min(before.to, at) - 1;
  return before && instant !== undefined && instant >= loose.from ? { instant, moment: before } : undefined;
}

/** The running time of a batch, over which units without a count are spread. */
export const runningOf = (life: Life, run: Run): Moment[] =>
  life.moments.filter((moment) => moment.run === run && moment.state === 'running');

/**
 * Splits a total in proportion to the parts. Each running sum is rounded to six decimals, so that the results add up.
 */
function inProportion(total: Fraction, parts: readonly Fraction[]): Fraction[] {
  const whole = Fraction.sum(parts);
  if (whole.sign() === 0) return parts.map(() => Fraction.zero);
  const upTo = (count: number) =>
    count === parts.length ? total : six(total.times(Fraction.sum(parts.slice(0, count))).over(whole));
  return parts.map((_, index) => upTo(index + 1).minus(upTo(index)));
}

/**
 * The counted rejects without a scrap event, unit by unit: an event explains the last ones counted before it, then the
 * earliest.
 */
function leftOf(counts: readonly Count[], scraps: readonly Scrap[]): Fraction[] {
  const wholeOf = (quantity: Fraction) => {
    if (quantity.rounded(0).compare(quantity) !== 0) throw new Error('the audit counts rejects one by one');
    return quantity.toNumber();
  };
  let tokens = counts.flatMap((count, index) =>
    Array.from({ length: wholeOf(count.reject) }, () => ({ index, at: count.at })),
  );
  const take = (token: { index: number } | undefined) => {
    tokens = tokens.filter((one) => one !== token);
    return token !== undefined;
  };
  const units = scraps.flatMap((scrap) => Array.from({ length: wholeOf(scrap.quantity) }, () => scrap.at));
  const over = units.filter((at) => !take(tokens.findLast((token) => token.at <= at)));
  over.forEach(() => take(tokens[0]));
  return counts.map((_, index) => Fraction.of(tokens.filter((token) => token.index === index).length));
}

export function unitsOf(life: Life, products: readonly Product[]): Units {
  const points: Point[] = [];
  const spreads: Spread[] = [];
  const uncounted = new Set<Run>();
  const point = (
    kind: UnitKind,
    quantity: Fraction,
    run: Run | undefined,
    unit: { at: number; product_id?: string | null },
    logged?: Scrap,
  ) => {
    const placed = placeOf(life, run, unit.at);
    const priMs = priOf(life, products, run, unit.product_id ?? null, placed?.instant ?? unit.at);
    if (quantity.sign() !== 0) points.push({ kind, quantity, priMs, run, at: unit.at, placed, logged });
  };
  /** The units that a total adds to the counts; without running time they are placed at the batch's end. */
  const rest = (kind: UnitKind, quantity: Fraction, run: Run | undefined) => {
    if (run === undefined || quantity.sign() <= 0) return;
    const priMs = priOf(life, products, run, null, run.from);
    if (runningOf(life, run).length > 0) spreads.push({ kind, quantity, priMs, run });
    else
      points.push({ kind, quantity, priMs, run, at: run.from, placed: placeOf(life, run, run.end), logged: undefined });
  };
  const groupOf = (unit: Count | Scrap) => life.runOf(unit) ?? life.looseSpanAt(unit.at)?.from ?? `none ${unit.at}`;
  const groups = new Set([...life.runs, ...[...life.counts, ...life.scraps].map(groupOf)]);

  for (const group of groups) {
    const run = typeof group === 'object' ? group : undefined;
    if (run?.trial) continue;
    const counts = life.counts.filter((count) => groupOf(count) === group).sort(byTime);
    const scraps = life.scraps.filter((scrap) => groupOf(scrap) === group).sort(byTime);
    const totals = run ? [run.good, ...Object.values(run.rejects)] : [];
    if (run?.closed && counts.every(isZero) && scraps.length === 0 && totals.every((total) => total === null))
      uncounted.add(run);

    for (const scrap of scraps) point(scrap.kind, scrap.quantity, run, scrap, scrap);
    const logged = (kind: Kind) =>
      Fraction.sum(scraps.filter((scrap) => scrap.kind === kind).map(({ quantity }) => quantity));
    const most = (one: Fraction, other: Fraction | null | undefined) => (other && other.compare(one) > 0 ? other : one);
    const open = Object.fromEntries(
      KINDS.map((kind) => [kind, most(logged(kind), run?.rejects[kind]).minus(logged(kind))]),
    ) as Record<Kind, Fraction>;
    const known = Fraction.sum([...KINDS.map(logged), ...Object.values(open)]);
    const excess = most(known, Fraction.sum(counts.map(({ reject }) => reject))).minus(known);
    open.scrap = open.scrap.plus(excess);

    const reported = Fraction.sum(counts.map(({ good }) => good));
    const since = run?.from ?? (typeof group === 'number' ? group : counts[0]?.at);
    const isGross = since !== undefined && inForce(life.line.prices, since)?.countsRejects === true;
    const net = isGross ? most(Fraction.zero, reported.minus(known).minus(excess)) : reported;
    const good = run?.good ?? net;
    const counted = good.compare(reported) < 0 ? good : reported;
    inProportion(
      counted,
      counts.map((count) => count.good),
    ).forEach((quantity, index) => point('good', quantity, run, counts[index] as Count));
    rest('good', good.minus(reported), run);

    const all = Fraction.sum(Object.values(open));
    const left = leftOf(counts, scraps);
    for (const kind of KINDS) {
      if (all.sign() === 0) break;
      const share = six(open[kind].times(Fraction.sum(left)).over(all));
      inProportion(share, left).forEach((quantity, index) => point(kind, quantity, run, counts[index] as Count));
      rest(kind, open[kind].minus(share), run);
    }
  }
  return { points, spreads, uncounted };
}
