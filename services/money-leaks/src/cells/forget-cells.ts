/** Takes the kept cells of days away that new or corrected facts touch: whoever asks for such a day next reckons it anew. */
import type { Tx } from '@plantops/persistence';
import type { Reach } from '../facts/reach.ts';

/** Local days lie within a day of those of UTC, and the shift of what names no batch within one more. */
export const forgetCells = async (tx: Tx, reaches: readonly Reach[]): Promise<void> => {
  await tx.query(
    `delete from line_cell c using unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::int[]) as w(line_id, since, until, days)
     where c.tenant_id = $1 and c.line_id = w.line_id
       and c.local_date between (w.since at time zone 'UTC')::date - w.days and (w.until at time zone 'UTC')::date + w.days`,
    [
      tx.tenant,
      reaches.map(({ line_id }) => line_id),
      reaches.map(({ since }) => since),
      reaches.map(({ until }) => until),
      reaches.map(({ is_loose }) => (is_loose ? 2 : 1)),
    ],
  );
};

/** The days of lines from an instant on: their calendar, cycle or threshold is another since then. */
export const forgetCellsSince = async (tx: Tx, lineIds: readonly string[], since: string): Promise<void> => {
  await tx.query(
    "delete from line_cell where tenant_id = $1 and line_id = any($2::uuid[]) and local_date >= ($3::timestamptz at time zone 'UTC')::date - 2",
    [tx.tenant, lineIds, since],
  );
};
