import { Problem, type DowntimeRow } from '@plantops/contracts';
import { sql, type Tx } from '@plantops/persistence';

/** Locks the stops of a line, so that two overlapping stops cannot both find the time free. */
export const lockLine = (tx: Tx, lineId: string): Promise<void> => tx.lock(`stops/${lineId}`);

/** The same for the line of a stop, if the stop exists. */
export async function lockLineOf(tx: Tx, stopId: string): Promise<void> {
  await tx.query(sql`
    select pg_advisory_xact_lock(hashtextextended(${`${tx.tenant}/stops/`} || line_id, 0))
    from downtime
    where tenant_id = ${tx.tenant} and id = ${stopId}`);
}

type Time = Pick<DowntimeRow, 'line_id' | 'start_time' | 'end_time'>;
type Other = Pick<DowntimeRow, 'id' | 'start_time' | 'end_time' | 'reason_category'>;

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

/** A stop of the line that covers part of the time, if there is one. Call under `lockLine`. */
export async function findOverlap(tx: Tx, time: Time, except?: string): Promise<Other | undefined> {
  const { line_id, start_time: from, end_time } = time;
  // A stop that ends before it starts is refused by the rules; until then its time is an instant.
  const until = end_time !== null && end_time < from ? from : end_time;
  const [other] = await tx.query<Other>(sql`
    select id, start_time, end_time, reason_category
    from stops_over(${line_id}, tstzrange(${from}, ${until}))
    where id is distinct from ${except ?? null}
    limit 1`);
  return other;
}

/** Refuses a second stop of a line for the same time, for people: they should amend the existing one. */
export function refuseOverlap(other: Other | undefined): void {
  if (!other) return;
  const until = other.end_time === null ? 'still open' : `to ${other.end_time}`;
  throw new Problem(
    'overlap',
    `stop ${other.id} (${other.reason_category}, from ${other.start_time}, ${until}) covers part of this time: amend that one`,
    [{ path: 'start_time', message: `overlaps ${other.id}` }],
  );
}
