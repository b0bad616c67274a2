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
type Reported = Time & Pick<DowntimeRow, 'source'>;
type Other = Pick<DowntimeRow, 'id' | 'start_time' | 'end_time' | 'reason_category'>;

/**
 * Whether another stop that overlapped none when it was reported covers part of this one's time. A silence does not
 * count: it gives way, and follows soon. Call under `lockLine`.
 */
export async function overlapsAnother(tx: Tx, stop: Reported, except?: string): Promise<boolean> {
  const [, other] = await Promise.all([
    stop.source === 'silence' ? undefined : letSilencesGiveWay(tx, stop),
    overlapping(tx, stop, except, false),
  ]);
  return other !== undefined;
}

/** No two stops that are not marked may hold a line at one time: until they are derived again, silences are marked. */
async function letSilencesGiveWay(tx: Tx, { line_id, start_time, end_time }: Time): Promise<void> {
  await tx.query(sql`
    update downtime
    set is_overlapping = true
    where tenant_id = ${tx.tenant} and line_id = ${line_id} and source = 'silence' and voided_at is null
      and not is_overlapping and start_time < ${end_time ?? 'infinity'} and coalesce(end_time, 'infinity') > ${start_time}`);
}

/** A stop of the line that covers part of the time, if there is one. Call under `lockLine`. */
export async function findOverlap(tx: Tx, stop: Time, except?: string): Promise<Other | undefined> {
  return overlapping(tx, stop, except, true);
}

/**
 * Stops that overlap none are one after the other, so only the last one that starts before the end of the time can
 * cover part of it. The few that overlap others have an index of their own. A function that compares ranges would find
 * both, and costs four times as much.
 */
async function overlapping(
  tx: Tx,
  { line_id, start_time: from, end_time }: Time,
  except: string | undefined,
  withOverlapping: boolean,
): Promise<Other | undefined> {
  // A stop that ends before it starts is refused by the rules; until then its time is an instant, which covers nothing.
  if (end_time !== null && end_time <= from) return undefined;
  const before = sql`
    tenant_id = ${tx.tenant} and line_id = ${line_id} and voided_at is null
    and start_time < ${end_time ?? 'infinity'} and id is distinct from ${except ?? null}`;
  const counts = withOverlapping ? sql`true` : sql`source <> 'silence'`;
  const last = sql`
    select * from (
      select id, start_time, end_time, reason_category
      from downtime
      where ${before} and not is_overlapping and ${counts}
      order by start_time desc, id desc
      limit 1) last
    where end_time is null or end_time > ${from}`;
  const marked = sql`
    select id, start_time, end_time, reason_category
    from downtime
    where ${before} and is_overlapping and (end_time is null or end_time > ${from})`;
  const [other] = await tx.query<Other>(withOverlapping ? sql`${last} union all (${marked}) limit 1` : last);
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
