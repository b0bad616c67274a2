/** The KPIs of terms. */
import type { Fraction } from './fraction.ts';
import type { Terms } from './terms.ts';

/** Availability, performance, quality, OEE, OOE, TEEP; null when the divisor is 0 or no units were counted. */
export function fractionsOf({ ms, counts }: Terms): Record<string, Fraction | null> {
  const term = (name: string) => ms[name] as Fraction;
  const [apt, pbt, good, total] = ['apt_minutes', 'pbt_minutes', 'ideal_minutes_good', 'ideal_minutes_total'].map(
    term,
  ) as [Fraction, Fraction, Fraction, Fraction];
  const ran = apt.minus(term('micro_stop_minutes'));
  const isUnknown =
    term('uncounted_minutes').sign() > 0 &&
    term('uncounted_minutes').compare(ran) === 0 &&
    counts['total_count']?.sign() === 0;
  const share = (over: Fraction, under: Fraction) => (under.sign() > 0 ? over.over(under) : null);
  const made = (over: Fraction, under: Fraction) => (isUnknown ? null : share(over, under));
  return {
    availability: share(apt, pbt),
    performance: made(total, apt),
    quality: made(good, total),
    oee: made(good, pbt),
    ooe: made(good, term('pot_minutes')),
    teep: made(good, term('calendar_minutes')),
  };
}
