/** Compares answers with computed figures, and keeps every difference with both figures. */
import { Fraction } from './fraction.ts';

/** A floating-point figure may cross a rounding edge by this much. */
const FLOAT = Fraction.of('1e-12');

export class Findings {
  readonly differences: string[] = [];
  compared = 0;

  same(what: string, shown: unknown, expected: unknown): void {
    this.compared += 1;
    const [one, other] = [JSON.stringify(shown), JSON.stringify(expected)];
    if (one !== other) this.differences.push(`${what}: is ${one}, recomputed ${other}`);
  }

  /** The answer may differ by half of its last decimal, because it is rounded once. */
  number(what: string, shown: number | null | undefined, expected: Fraction | null, decimals = 6): void {
    this.compared += 1;
    if (shown === null && expected === null) return;
    const most = Fraction.of(`5e-${decimals + 1}`).plus(FLOAT);
    const isNear =
      typeof shown === 'number' && expected !== null && Fraction.of(shown).minus(expected).abs().compare(most) <= 0;
    if (!isNear) this.differences.push(`${what}: is ${shown}, recomputed ${expected?.toNumber() ?? null}`);
  }

  /** The answer must be exact to the cent, rounded half away from zero. */
  cents(what: string, shown: number | undefined, expected: Fraction): void {
    this.compared += 1;
    const isSame = shown !== undefined && Fraction.of(shown).compare(expected.rounded(2)) === 0;
    if (!isSame) this.differences.push(`${what}: is ${shown}, recomputed ${expected.rounded(2).toNumber()}`);
  }
}

const MINUTE = Fraction.of(60_000);
export const inMinutes = (ms: Fraction | number): Fraction =>
  (typeof ms === 'number' ? Fraction.of(ms) : ms).over(MINUTE);

/**
 * Shares that add up to exactly 100: the largest remainders are rounded up; of equal ones the larger part, then the
 * earlier.
 */
export function sharesOf(parts: readonly Fraction[], decimals: number): (Fraction | null)[] {
  const total = Fraction.sum(parts);
  if (total.sign() <= 0) return parts.map(() => null);
  const scale = Fraction.of(10 ** decimals);
  const raw = parts.map((part) => part.times(Fraction.of(100)).times(scale).over(total));
  const half = Fraction.of('0.5');
  const floors = raw.map((value) => {
    const near = value.rounded(0);
    return near.compare(value) > 0 ? near.minus(half.plus(half)) : near;
  });
  let missing = Fraction.of(100).times(scale).minus(Fraction.sum(floors)).toNumber();
  const order = raw
    .map((value, index) => ({ index, value, rest: value.minus(floors[index] as Fraction) }))
    .sort((a, b) => b.rest.compare(a.rest) || b.value.compare(a.value) || a.index - b.index);
  const lifted = new Set(order.filter(() => (missing -= 1) >= 0).map(({ index }) => index));
  return floors.map((floor, index) => floor.plus(lifted.has(index) ? Fraction.of(1) : Fraction.zero).over(scale));
}
