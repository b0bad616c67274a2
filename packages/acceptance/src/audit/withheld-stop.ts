/** A stop in its owner's table that was never announced. */
import { randomUUID } from 'node:crypto';
import type { PlantTables } from '@plantops/testing/plant';
import { piecesOf } from './posting.ts';
import { TENANT, type Recomputed } from './recomputed.ts';
import type { Window } from './terms.ts';

/** Inserts the stop, without an event, into the longest running time of a line in a posted batch. */
export async function withheldStop(tables: PlantTables, known: Recomputed, window: Window): Promise<{ line_id: string; ms: number }> {
  const ran = known.in({}).flatMap(({ life, units }) =>
    piecesOf(life.moments)
      .filter(
        ({ from, to, state, run }) =>
          state === 'running' && run?.closed && !units.uncounted.has(run) && from >= window.from && to <= window.to,
      )
      .map(({ from, to }) => ({ line_id: life.line.id, from, to })),
  );
  const [longest] = ran.sort((a, b) => b.to - b.from - (a.to - a.from));
  if (longest === undefined) throw new Error('no batch ran');
  const { line_id, from, to } = longest;
  await tables.query(
    'downtimes',
    `insert into downtime (id, tenant_id, version, created_at, updated_at, created_by, updated_by, line_id,
       start_time, end_time, duration_minutes, status, reason_category,
       is_planned, is_micro_stop, phase, source, is_overlapping)
     values ($1, $2, 1, now(), now(), 'audit', 'audit', $3,
       $4, $5, $6, 'ended', 'no_operator',
       false, false, 'production', 'manual', true)`,
    [randomUUID(), TENANT, line_id, new Date(from).toISOString(), new Date(to).toISOString(), (to - from) / 60_000],
  );
  return { line_id, ms: to - from };
}
