import { Problem, type BatchRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';

/** A line runs one batch at a time: refuses a time in which another batch has the line. */
export const refuseOverlap = async (
  tx: Tx,
  { id, line_id }: BatchRow,
  from: string,
  to: string | null,
): Promise<void> => {
  const [other] = await tx.query<{ id: string; batch_number: string; status: string }>(
    `select id, batch_number, status from batch where tenant_id = $1 and line_id = $2 and id <> $3
     and started_at < coalesce($5::timestamptz, 'infinity') and coalesce(completed_at, cancelled_at, 'infinity') > $4 order by started_at, id limit 1`,
    [tx.tenant, line_id, id, from, to],
  );
  if (!other) return;
  const remedy = other.status === 'running' ? 'complete or cancel it first' : 'send times beside its own';
  throw new Problem(
    'overlap',
    `batch ${other.batch_number} (${other.id}, ${other.status}) has the line at that time: ${remedy}`,
  );
};
