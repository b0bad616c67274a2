import type { Tx } from '@plantops/persistence';
import type { LineInterval } from '../facts/intervals.rules.ts';
import { columnsOf } from '../facts/sql.ts';

/** A count each second for a day, and some. */
export const MOST_FACTS = 100_000;

/** What is to be posted depends on more facts of a line than are read at once. */
export class TooManyFacts extends RangeError {}

/**
 * Throws `TooManyFacts` where an interval holds more facts of these kinds than a process has room for: a batch that
 * began in 2000 by its clock, a correction over years. The event is stored as a dead letter with this reason, and other
 * events do not wait for it.
 */
export async function limitFacts(
  tx: Tx,
  intervals: readonly LineInterval[],
  kinds: readonly string[],
  most = MOST_FACTS,
): Promise<void> {
  if (intervals.length === 0) return;
  const [found] = await tx.query<{ line_id: string }>(
    `select i.line_id
     from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as i(line_id, since, until)
     where ${most} < (
       select count(*) from (
         select from fact f
         where f.tenant_id = $1 and f.line_id = i.line_id and f.kind = any($5) and f.kind in ('count', 'scrap', 'state')
           and f.began >= i.since and f.began <= i.until
         limit ${most + 1}) as counted)
     limit 1`,
    [tx.tenant, ...columnsOf(intervals), kinds],
  );
  if (found !== undefined)
    throw new TooManyFacts(
      `more than ${most} facts of line ${found.line_id} lie in the interval to be posted again: check its times`,
    );
}
