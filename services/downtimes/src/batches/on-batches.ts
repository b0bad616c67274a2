import type { BatchBefore, CloudEvent, LineRow } from '@plantops/contracts';
import { findMaster, lockLineEvents, records, sql, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import { deriveStops, type Changed } from '../states/derive-stops.ts';

const COPIED = {
  id: 'uuid',
  version: 'int',
  line_id: 'uuid',
  batch_number: 'text',
  started_at: 'timestamptz',
  ended_at: 'timestamptz',
  runs: 'jsonb',
} as const;

/** A batch started, ended or runs at other times: links the stops that name it by number, and derives the idle time of its line again. */
export const onBatches =
  ({ now }: Pick<Deps, 'now'>) =>
  async (events: readonly CloudEvent<BatchBefore>[], tx: Tx): Promise<void> => {
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
  {
    id,
    version,
    line_id,
    batch_number,
    started_at,
    completed_at,
    cancelled_at,
    cut_at = null,
    runs = null,
  }: BatchBefore,
): Promise<Changed> => {
  const present = { started_at: started_at as string, ended_at: completed_at ?? cancelled_at ?? cut_at };
  const [before = present] = await tx.query<typeof present>(sql`
    select started_at, ended_at
    from batch
    where tenant_id = ${tx.tenant} and id = ${id}`);
  const copy = { id, version, line_id, batch_number, ...present, runs: runs === null ? null : JSON.stringify(runs) };
  await tx.query(sql`
    insert into batch (tenant_id, id, version, line_id, batch_number, started_at, ended_at, runs)
    select ${tx.tenant}, b.*
    from ${records('b', [copy], COPIED)}
    on conflict (id) do update
    set version = excluded.version, started_at = excluded.started_at, ended_at = excluded.ended_at, runs = excluded.runs
    where excluded.version > batch.version`);
  await tx.query(sql`
    update downtime
    set version = version + 1, updated_at = now(), batch_id = ${id}
    where tenant_id = ${tx.tenant} and line_id = ${line_id} and batch_number = ${batch_number} and batch_id is null`);
  const from = before.started_at < present.started_at ? before.started_at : present.started_at;
  if (before.ended_at === null || present.ended_at === null) return { from, to: null };
  return { from, to: before.ended_at > present.ended_at ? before.ended_at : present.ended_at };
};
