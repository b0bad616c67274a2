import type { DowntimeRow, LineRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { findReasons } from '../reasons/find-reasons.ts';
import type { Known, OtherParts } from './downtime.rules.ts';

type About = Pick<DowntimeRow, 'id' | 'origin_id' | 'reason_code'>;

/**
 * What a decision on a stop needs: its line's versions, the reasons that it or the command names, and the other parts
 * of a split stop.
 */
export const knownOf = async (
  tx: Tx,
  { versions }: Pick<LineRow, 'versions'>,
  stop?: About,
  ...codes: readonly (string | null | undefined)[]
): Promise<Known> => {
  const reasons = await findReasons(tx, [stop?.reason_code, ...codes]);
  if (stop === undefined || stop.origin_id === null) return { versions, reasons };
  const [others] = await tx.query<OtherParts>(
    `select min(start_time) as since, max(end_time) as until
     from downtime
     where tenant_id = $1 and origin_id = $2 and id <> $3 and voided_at is null`,
    [tx.tenant, stop.origin_id, stop.id],
  );
  return others?.since === null || others === undefined ? { versions, reasons } : { versions, reasons, others };
};
