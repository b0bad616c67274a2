import { exact, sum, ZERO, type Decimal } from '../numbers/exact.ts';
import type { Count, Scrap } from '../facts.ts';

/** Units that a counter reported at an instant. */
export interface Counted {
  readonly at: number;
  readonly quantity: Decimal;
  readonly product_id?: string | null;
}

export function counted(counts: readonly Count[]): Counted[] {
  return counts.map(({ at, reject, product_id = null }) => ({ at, quantity: exact(reject), product_id }));
}

/**
 * Scales quantities in order so that they add up to exactly `total`; each running sum is rounded to 6 decimals.
 * The order is that of the sources, so equal sources give equal figures.
 */
export function apportion(total: Decimal, sources: readonly Counted[]): Decimal[] {
  const whole = sum(sources.map((source) => source.quantity));
  if (whole.isZero()) return sources.map(() => ZERO);
  if (whole.eq(total)) return sources.map((source) => source.quantity);
  let before = ZERO;
  let reached = ZERO;
  return sources.map((source) => {
    before = before.plus(source.quantity);
    const upTo = partOf(total, before, whole);
    const quantity = upTo.minus(reached);
    reached = upTo;
    return quantity;
  });
}

/** total × part / whole to 6 decimals, exact at both ends: differences of it add up, wherever the cuts are. */
export function partOf(total: Decimal, part: Decimal | number, whole: Decimal | number): Decimal {
  const done = exact(part);
  if (done.isZero()) return ZERO;
  if (done.gte(whole)) return total;
  return total.times(done).div(whole).toDecimalPlaces(6);
}

/**
 * What counted rejects remain when every logged one has been found among them: a scrap event explains the rejects
 * counted last before it; what it logs beyond these explains the earliest others. Both inputs in order of time.
 */
export function unexplained(counts: readonly Counted[], scraps: readonly Scrap[]): Counted[] {
  const left = counts.map((count) => ({ ...count }));
  const seen: { at: number; quantity: Decimal }[] = [];
  let next = 0;
  let over = ZERO;
  for (const scrap of scraps) {
    for (let count = left[next]; count !== undefined && count.at <= scrap.at; count = left[next]) {
      seen.push(count);
      next += 1;
    }
    let quantity = exact(scrap.quantity);
    for (let last = seen.at(-1); last !== undefined && quantity.gt(0); last = seen.at(-1)) {
      quantity = take(last, quantity);
      if (last.quantity.isZero()) seen.pop();
    }
    over = over.plus(quantity);
  }
  for (const count of left) over = take(count, over);
  return left.filter((count) => !count.quantity.isZero());
}

/** Takes what it can and says how much is still to take. */
function take(from: { quantity: Decimal }, wanted: Decimal): Decimal {
  const taken = wanted.lt(from.quantity) ? wanted : from.quantity;
  from.quantity = from.quantity.minus(taken);
  return wanted.minus(taken);
}
