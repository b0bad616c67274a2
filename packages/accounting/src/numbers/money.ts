import { Decimal } from 'decimal.js';
import { exact, sum, ZERO, type Numeric } from './exact.ts';

export const MS_PER_MINUTE = 60_000;
export const MS_PER_HOUR = 3_600_000;

/** The amount of a row: four decimals, rounded half away from zero. */
export function roundRow(amount: Numeric): string {
  return plain(exact(amount), 4);
}

/** A total: rows added exactly and rounded to the cent once, half away from zero. */
export function toCents(...rows: readonly Numeric[]): string {
  return plain(sum(rows), 2);
}

function plain(value: Decimal, decimals: number): string {
  const rounded = value.toDecimalPlaces(decimals, Decimal.ROUND_HALF_UP);
  return (rounded.isZero() ? ZERO : rounded).toFixed(decimals);
}

/** The cost of machine time in milliseconds: time / 1 h × hourly_cost, not rounded. */
export function timeLeg(time_ms: Numeric, hourly_cost: Numeric): Decimal {
  return exact(time_ms).times(hourly_cost).div(MS_PER_HOUR);
}

/** The cost of units: quantity × value of one unit, not rounded. */
export function unitLeg(quantity: Numeric, unit_value: Numeric): Decimal {
  return exact(quantity).times(unit_value);
}

/**
 * Percentages of the total that add up to exactly 100 (largest remainder method). Ties go to the larger part, then to
 * the earlier one. All null when the total is 0 or less: shares are undefined then.
 */
export function shares(parts: readonly Numeric[], decimals: 0 | 2): (number | null)[] {
  const amounts = parts.map(exact);
  const total = sum(amounts);
  if (total.lte(0)) return parts.map(() => null);
  const whole = 100 * 10 ** decimals;
  const steps = amounts.map((amount) => amount.times(whole).div(total).floor());
  const missing = exact(whole).minus(sum(steps)).toNumber();
  // What is left of the division: quotients are cut at different decimals, and equal ones would differ in the last.
  const order = amounts
    .map((amount, index) => ({ index, amount, rest: amount.times(whole).minus(total.times(steps[index] ?? ZERO)) }))
    .sort((a, b) => b.rest.cmp(a.rest) || b.amount.cmp(a.amount) || a.index - b.index);
  const lifted = new Set(order.slice(0, missing).map((entry) => entry.index));
  return steps.map((step, index) =>
    step
      .plus(lifted.has(index) ? 1 : 0)
      .div(10 ** decimals)
      .toNumber(),
  );
}
