import type { BatchRow, CloudEvent, LineRow } from '@plantops/contracts';
import { findMaster, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import { deriveStops } from '../states/derive-stops.ts';

/** Batches began or ended: stops that named them by number find them, and idle time is read again. */
export const onBatches =
  ({ now }: Deps) =>
  async (tx: Tx, events: readonly CloudEvent[]): Promise<void> => {
    const batches = events.map(({ data }) => data as BatchRow).filter(({ started_at }) => started_at !== null);
    const lines = await findMaster<LineRow>(
      tx,
      'line',
      batches.map(({ line_id }) => line_id),
    );
    for (const batch of batches) {
      await remember(tx, batch);
      const line = lines.get(batch.line_id);
      if (!line) continue; // no state of a line we have not heard of has been applied either
      await lockLine(tx, line.id);
      const { started_at, completed_at, cancelled_at } = batch;
      await deriveStops(tx, line, { from: started_at as string, to: completed_at ?? cancelled_at ?? (started_at as string) }, now());
    }
  };

const remember = async (
  tx: Tx,
  { id, version, line_id, batch_number, started_at, completed_at, cancelled_at }: BatchRow,
): Promise<void> => {
  await tx.query(
    `insert into batch (id, tenant_id, version, line_id, batch_number, started_at, ended_at) values ($2, $1, $3, $4, $5, $6, $7)
     on conflict (id) do update set version = excluded.version, started_at = excluded.started_at, ended_at = excluded.ended_at where excluded.version > batch.version`,
    [tx.tenant, id, version, line_id, batch_number, started_at, completed_at ?? cancelled_at],
  );
  await tx.query('update downtime set batch_id = $2 where tenant_id = $1 and line_id = $3 and batch_number = $4 and batch_id is null', [
    tx.tenant,
    id,
    line_id,
    batch_number,
  ]);
};
