/**
 * Loaded before a service (`--import skewed-clock.mjs?ms=300000`): its clock is wrong by this many milliseconds. Timers
 * are not affected.
 */
const skew = Number(new URL(import.meta.url).searchParams.get('ms'));
const Right = Date;
globalThis.Date = class Date extends Right {
  constructor(...parts) {
    super(...(parts.length === 0 ? [Right.now() + skew] : parts));
  }
  static now() {
    return Right.now() + skew;
  }
};
