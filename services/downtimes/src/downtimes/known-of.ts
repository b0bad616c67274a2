import type { DowntimeRow, LineRow } from '@plantops/contracts';
import { sql, type Tx } from '@plantops/persistence';
import { findReasons } from '../reasons/find-reasons.ts';
import type { Known, OtherParts } from './downtime.rules.ts';

type About = Pick<DowntimeRow, 'id' | 'origin_id' | 'reason_code'>;
type Codes = readonly (string | null | undefined)[];

/** What a decision on a stop needs: its line's versions, and `reasonsAndParts`. */
export async function knownOf(
  tx: Tx,
  { versions }: Pick<LineRow, 'versions'>,
  stop?: About,
  ...codes: Codes
): Promise<Known> {
  return { versions, ...(await reasonsAndParts(tx, stop, ...codes)) };
}

/** The reasons that a stop or the command names, and the other parts of a split stop. */
export async function reasonsAndParts(tx: Tx, stop?: About, ...codes: Codes): Promise<Omit<Known, 'versions'>> {
  const [reasons, others] = await Promise.all([findReasons(tx, [stop?.reason_code, ...codes]), otherParts(tx, stop)]);
  return { reasons, others };
}

async function otherParts(tx: Tx, stop: About | undefined): Promise<OtherParts | undefined> {
  if (stop === undefined || stop.origin_id === null) return undefined;
  const [others] = await tx.query<OtherParts | { since: null }>(sql`
    select min(start_time) as since, case when bool_and(end_time is not null) then max(end_time) end as until
    from downtime
    where tenant_id = ${tx.tenant} and origin_id = ${stop.origin_id} and id <> ${stop.id} and voided_at is null`);
  return others === undefined || others.since === null ? undefined : others;
}
