import { Problem, type DowntimeRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';

/** Locks the stops of a line, so that two overlapping stops cannot both find the time free. */
export const lockLine = (tx: Tx, lineId: string): Promise<void> => tx.lock(`stops/${lineId}`);

type Time = Pick<DowntimeRow, 'line_id' | 'start_time' | 'end_time'>;

/**
 * Whether another stop that overlapped none when it was reported covers part of this one's time. Call under
 * `lockLine`.
 */
export const overlapsAnother = async (tx: Tx, stop: Time, except?: string): Promise<boolean> => {
  const others = await tx.query(
    'select 1 from stops_over($1, tstzrange($2, $3)) where id is distinct from $4 and not is_overlapping limit 1',
    [stop.line_id, stop.start_time, stop.end_time, except ?? null],
  );
  return others.length > 0;
};

/**
 * Refuses a second stop of a line for the same time, for people: they should amend the existing one. Call under
 * `lockLine`.
 */
export const refuseOverlap = async (tx: Tx, stop: Time, except?: string): Promise<void> => {
  const [other] = await tx.query<{ id: string; start_time: string; end_time: string | null; reason_category: string }>(
    `select id, start_time, end_time, reason_category from stops_over($1, tstzrange($2, $3))
     where id is distinct from $4
     limit 1`,
    [stop.line_id, stop.start_time, stop.end_time, except ?? null],
  );
  if (!other) return;
  const until = other.end_time === null ? 'still open' : `to ${other.end_time}`;
  throw new Problem(
    'overlap',
    `stop ${other.id} (${other.reason_category}, from ${other.start_time}, ${until}) covers part of this time: amend that one`,
    [{ path: 'start_time', message: `overlaps ${other.id}` }],
  );
};
