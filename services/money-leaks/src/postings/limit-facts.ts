import type { Interval } from '@plantops/accounting';
import type { LineRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';

/** A count each second for a day, and some. */
export const MOST_FACTS = 100_000;

/** What is to be posted stands on more facts of a line than are read at once. */
export class TooManyFacts extends RangeError {}

type Window = { readonly line: LineRow; readonly window: Interval };

/**
 * Refuses what can be posted only by reading more facts of a line than a process has room for: a batch that a clock of the year 2000 began,
 * a correction over years. The event is set aside with this reason, and nobody else waits for it.
 */
export const refuseTooMany = async (tx: Tx, windows: readonly Window[], kinds: readonly string[], most = MOST_FACTS): Promise<void> => {
  if (windows.length === 0) return;
  const [found] = await tx.query<{ line_id: string }>(
    `select w.line_id from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as w(line_id, since, until)
     where (select count(*) from (select from fact f where f.tenant_id = $1 and f.line_id = w.line_id and f.kind = any($5)
       and f.kind in ('count', 'scrap', 'state') and f.began >= w.since and f.began <= w.until limit ${most + 1}) as counted) > ${most} limit 1`,
    [
      tx.tenant,
      windows.map(({ line }) => line.id),
      windows.map(({ window }) => new Date(window.from).toISOString()),
      windows.map(({ window }) => new Date(window.to).toISOString()),
      kinds,
    ],
  );
  if (found !== undefined)
    throw new TooManyFacts(`more than ${most} facts of line ${found.line_id} lie in the time that is to be posted anew: is a time wrong?`);
};
