import { Decimal } from 'decimal.js';

/** Exact decimals for money and quantities: 50 digits, rounded half away from zero. */
export const Exact = Decimal.clone({ precision: 50, rounding: Decimal.ROUND_HALF_UP, toExpNeg: -30, toExpPos: 40 });

/** A decimal as the functions of this package accept it. */
export type Numeric = string | number | Decimal;

export const ZERO: Decimal = new Exact(0);

export function exact(value: Numeric): Decimal {
  return new Exact(value);
}

export function sum(values: Iterable<Numeric>): Decimal {
  let total = ZERO;
  for (const value of values) total = total.plus(value);
  return total;
}

/** Plain notation with at most six decimals, for quantities and decimal milliseconds in results. */
export function text6(value: Decimal): string {
  const rounded = value.toDecimalPlaces(6, Decimal.ROUND_HALF_UP);
  return rounded.isZero() ? '0' : rounded.toFixed();
}

export type { Decimal };
