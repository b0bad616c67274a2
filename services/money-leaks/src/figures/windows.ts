/** Which interval of which lines a request asks about: the window it names, or each plant's own today. */
import type { LineRow } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { linesWithPlants } from '../facts/read-rows.ts';
import type { LineWindow } from '../facts/rows.rules.ts';
import { windowOf, type Asked } from './windows.rules.ts';

/** The lines in scope with their windows. */
export async function lineWindows(tx: Tx, asked: Asked, now: string): Promise<LineWindow[]> {
  const lines = await tx.query<{ data: LineRow }>(
    `select data from master
     where tenant_id = $1 and kind = 'line'
       and ($2::uuid is null or id = $2)
       and ($3::uuid is null or (data->>'plant_id')::uuid = $3)
     order by code`,
    [tx.tenant, asked.line_id ?? null, asked.plant_id ?? null],
  );
  const located = await linesWithPlants(
    tx,
    lines.map(({ data }) => data),
  );
  return located.map(({ line, plant }) => ({ line, plant, window: windowOf(plant, asked, now) }));
}
