/** Lines that lose money several times faster than usual, by the sums of their postings in clock hours. */
import type { getLossFigures } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import type { z } from 'zod';

type Burn = z.infer<typeof getLossFigures.output>['burn_rates'][number];
const HOUR_MS = 3_600_000;
const WEEK_HOURS = 168;
/** Below this many dollars in the two hours nobody is to be woken. */
const LEAST_USD = 50;
const TIMES_USUAL = 3;

/** This hour and the one before, against the mean of as long a time in the week before; a line needs a day of history. */
export const burnRates = (tx: Tx, lineIds: readonly string[], now: string): Promise<Burn[]> => {
  const since = Math.floor(Date.parse(now) / HOUR_MS) * HOUR_MS - HOUR_MS;
  return tx.query<Burn>(
    `with burning as (
       select line_id, sum(amount) as amount from leak_hour where tenant_id = $1 and line_id = any($2::uuid[]) and hour >= $3 group by line_id having sum(amount) >= ${LEAST_USD})
     select b.line_id, $3::timestamptz as since, round(b.amount, 2) as amount_usd, round(u.usual, 2) as usual_usd
     from burning b cross join lateral (
       select 2 * sum(h.amount) / ${WEEK_HOURS} as usual, min(h.hour) as first from leak_hour h
       where h.tenant_id = $1 and h.line_id = b.line_id and h.hour < $3 and h.hour >= $3::timestamptz - interval '${WEEK_HOURS} hours') u
     where u.first <= $3::timestamptz - interval '24 hours' and b.amount >= ${TIMES_USUAL} * u.usual order by b.amount desc, b.line_id`,
    [tx.tenant, lineIds, new Date(since).toISOString()],
  );
};
