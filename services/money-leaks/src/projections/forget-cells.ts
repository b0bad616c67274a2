/** Takes the kept cells of days away that new or corrected facts touch: whoever asks for such a day next reckons it anew. */
import type { Tx } from '@plantops/persistence';
import type { Reach } from '../facts/changed-intervals.ts';

const DAY_MS = 86_400_000;

/** Local days lie within a day of those of UTC, and the shift of what names no batch within one more. */
export const forgetCells = async (tx: Tx, reaches: readonly Reach[]): Promise<void> => {
  await tx.query(
    `delete from line_cell c using unnest($2::uuid[], $3::date[], $4::date[]) as w(line_id, first, last)
     where c.tenant_id = $1 and c.line_id = w.line_id and c.local_date >= w.first and c.local_date <= w.last`,
    [
      tx.tenant,
      reaches.map(({ line_id }) => line_id),
      reaches.map(({ since, is_loose }) => dateAround(since, is_loose ? -2 : -1)),
      reaches.map(({ until, is_loose }) => dateAround(until, is_loose ? 2 : 1)),
    ],
  );
};

/** Reckoned here: behind the wall of tenants an index serves plain columns alone, and a year of kept days would be read each time. */
const dateAround = (instant: string, days: number): string => new Date(Date.parse(instant) + days * DAY_MS).toISOString().slice(0, 10);

/** The days of lines from an instant on: their calendar, cycle or threshold is another since then. */
export const forgetCellsSince = async (tx: Tx, lineIds: readonly string[], since: string): Promise<void> => {
  await tx.query(
    "delete from line_cell where tenant_id = $1 and line_id = any($2::uuid[]) and local_date >= ($3::timestamptz at time zone 'UTC')::date - 2",
    [tx.tenant, lineIds, since],
  );
};
