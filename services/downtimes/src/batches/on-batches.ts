import type { BatchRow, CloudEvent, LineRow } from '@plantops/contracts';
import { findMaster, lockLineEvents, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import { deriveStops, type Changed } from '../states/derive-stops.ts';

/** A batch started or ended: links the stops that name it by number, and derives the idle time of its line again. */
export const onBatches =
  ({ now }: Pick<Deps, 'now'>) =>
  async (events: readonly CloudEvent<BatchRow>[], tx: Tx): Promise<void> => {
    const batches = events.map(({ data }) => data).filter(({ started_at }) => started_at !== null);
    if (batches.length === 0) return;
    await lockLineEvents(tx);
    // Before the line is looked up: states that its announcement releases wait for the same lock.
    for (const lineId of [...new Set(batches.map(({ line_id }) => line_id))].sort()) await lockLine(tx, lineId);
    const lines = await findMaster<LineRow>(
      tx,
      'line',
      batches.map(({ line_id }) => line_id),
    );
    for (const batch of batches) {
      const changed = await remember(tx, batch);
      const line = lines.get(batch.line_id);
      if (!line) continue; // no state of a line we have not heard of has been applied either
      await deriveStops(tx, line, changed, now());
    }
  };

/**
 * Keeps the newest version of a batch. Returns the time that it covers now or covered before; everything after its
 * start while it runs.
 */
const remember = async (
  tx: Tx,
  { id, version, line_id, batch_number, started_at, completed_at, cancelled_at }: BatchRow,
): Promise<Changed> => {
  const present = { started_at: started_at as string, ended_at: completed_at ?? cancelled_at };
  const [before = present] = await tx.query<typeof present>('select started_at, ended_at from batch where tenant_id = $1 and id = $2', [
    tx.tenant,
    id,
  ]);
  await tx.query(
    `insert into batch (id, tenant_id, version, line_id, batch_number, started_at, ended_at) values ($2, $1, $3, $4, $5, $6, $7)
     on conflict (id) do update set version = excluded.version, started_at = excluded.started_at, ended_at = excluded.ended_at where excluded.version > batch.version`,
    [tx.tenant, id, version, line_id, batch_number, present.started_at, present.ended_at],
  );
  await tx.query(
    'update downtime set version = version + 1, updated_at = now(), batch_id = $2 where tenant_id = $1 and line_id = $3 and batch_number = $4 and batch_id is null',
    [tx.tenant, id, line_id, batch_number],
  );
  const from = before.started_at < present.started_at ? before.started_at : present.started_at;
  if (before.ended_at === null || present.ended_at === null) return { from, to: null };
  return { from, to: before.ended_at > present.ended_at ? before.ended_at : present.ended_at };
};
