import { exact, sum, ZERO, type Decimal } from '../numbers/exact.ts';
import type { Count, Scrap } from '../facts.ts';

/** Units of a count at an instant. */
export interface Counted {
  readonly at: number;
  readonly quantity: Decimal;
  readonly product_id?: string | null;
}

export function counted(counts: readonly Count[]): Counted[] {
  return counts.map(({ at, reject, product_id = null }) => ({ at, quantity: exact(reject), product_id }));
}

/**
 * Scales the quantities so that they add up to exactly `total`. Each running sum, in the order of the sources, is
 * rounded to 6 decimals.
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

/** total × part / whole, to 6 decimals and exact at both ends, so that the differences of any parts add up. */
export function partOf(total: Decimal, part: Decimal | number, whole: Decimal | number): Decimal {
  const done = exact(part);
  if (done.isZero()) return ZERO;
  if (done.gte(whole)) return total;
  return total.times(done).div(whole).toDecimalPlaces(6);
}

/**
 * The counted rejects that no scrap event explains. A scrap event explains the last rejects counted before it; if it
 * has more units, it explains the earliest others. Both inputs are in order of time.
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

/** Takes as much as there is, and returns how much is missing. */
function take(from: { quantity: Decimal }, wanted: Decimal): Decimal {
  const taken = wanted.lt(from.quantity) ? wanted : from.quantity;
  from.quantity = from.quantity.minus(taken);
  return wanted.minus(taken);
}
