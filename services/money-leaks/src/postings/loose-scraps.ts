/** Scrap of no batch lies at the last busy instant of its shift: whatever is told of that shift may move it. */
import { shiftAt } from '@plantops/accounting';
import type { LineRow, PlantRow } from '@plantops/contracts';
import { findMaster, type Tx } from '@plantops/persistence';
import { calendarsOf } from '../facts/line-facts.rules.ts';
import { linesWithPlants } from '../facts/load-facts.ts';
import type { Reach } from '../facts/changed-intervals.ts';
import type { Touched } from './post-losses.ts';

/** The scrap events of no batch, or of none that is known, in the shifts that facts reach: each is to be looked at again. */
export const looseScraps = async (tx: Tx, reaches: readonly Reach[], cause: Touched['cause']): Promise<Touched[]> => {
  const lines = await findMaster<LineRow>(
    tx,
    'line',
    reaches.map(({ line_id }) => line_id),
  );
  const plants = new Map((await linesWithPlants(tx, [...lines.values()])).map(({ line, plant }) => [line.id, plant]));
  const shifts = reaches.flatMap((reach) => {
    const plant = plants.get(reach.line_id);
    return plant === undefined ? [] : [{ line_id: reach.line_id, ...shiftsAround(plant, reach) }];
  });
  const scraps = await tx.query<{ line_id: string; began: string }>(
    `select distinct s.line_id, s.began from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[]) as t(line_id, since, until)
     join fact s on s.tenant_id = $1 and s.kind = 'scrap' and s.line_id = t.line_id and s.began between t.since and t.until
     where not exists (select from fact b where b.tenant_id = $1 and b.kind = 'batch' and b.id = s.batch_id)
       and not exists (select from fact b where b.tenant_id = $1 and b.kind = 'batch' and b.line_id = s.line_id and b.batch_number = s.batch_number and s.batch_id is null)`,
    [tx.tenant, shifts.map(({ line_id }) => line_id), shifts.map(({ since }) => since), shifts.map(({ until }) => until)],
  );
  return scraps.map(({ line_id, began }) => {
    const at = Date.parse(began);
    return { line_id, interval: { from: at, to: at }, source_ids: [], cause };
  });
};

/** From the start of the first shift that is reached to the end of the last one. */
const shiftsAround = (plant: PlantRow, { since, until }: Reach) => {
  const schedule = { timezone: plant.timezone, calendars: calendarsOf(plant) };
  const [first, last] = [Date.parse(since), Date.parse(until)];
  return {
    since: new Date(Math.min(first, shiftAt(schedule, first)?.from ?? first)).toISOString(),
    until: new Date(Math.max(last, shiftAt(schedule, last)?.to ?? last)).toISOString(),
  };
};
