/** Times of other systems. */

const SECONDS = 1e11;
const MILLISECONDS = 1e14;
const MICROSECONDS = 1e17;

/**
 * A time as RFC 3339. Numbers count from 1970 in seconds, milliseconds, microseconds or nanoseconds: their size says
 * which, for the years 1973 to 5138. Anything else is returned as it is.
 */
export function timeOf(value: unknown): unknown {
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number') return value;
  const size = Math.abs(number);
  const ms =
    size < SECONDS ? number * 1e3 : size < MILLISECONDS ? number : size < MICROSECONDS ? number / 1e3 : number / 1e6;
  const time = new Date(Math.round(ms));
  return Number.isNaN(time.getTime()) ? value : time.toISOString();
}
