import type { Work } from '@plantops/backbone';
import type { DowntimeRow, downtimeRow, EventContract } from '@plantops/contracts';
import { getRow, lockRow } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import type { Known, Stop } from './downtime.rules.ts';
import { Downtime } from './downtime.table.ts';
import { knownOf } from './known-of.ts';
import { lockLine, refuseOverlap } from './refuse-overlap.ts';
import { changeStop } from './save-downtime.ts';

export type Correction = {
  readonly id: string;
  /** The reason and the batch of the command. The batch must be one of the stop's line. */
  readonly names?: { readonly reason_code?: string | null | undefined; readonly batch_id?: string | null | undefined };
  readonly event: EventContract<typeof downtimeRow>;
  /** The rule that computes the changes. */
  readonly decide: (row: DowntimeRow, known: Known) => Partial<Stop>;
};

/** Changes a stop's own fields, under the lock of its line: a changed time may overlap another stop. */
export async function correctStop(
  { line, batch }: Deps,
  work: Work,
  { id, names = {}, event, decide }: Correction,
): Promise<DowntimeRow> {
  const { tx, call, at } = work;
  const { line_id } = await getRow(tx, Downtime, id);
  const ofLine = await line(line_id, work);
  await batch(names.batch_id, line_id, work);
  await lockLine(tx, line_id);
  const row = await lockRow(tx, Downtime, id, call.expectedVersion);
  const changes = decide(row, await knownOf(tx, ofLine, row, names.reason_code));
  const moved = changes.start_time !== undefined || changes.end_time !== undefined;
  if (moved) await refuseOverlap(tx, { ...row, ...changes }, id);
  return changeStop(tx, row, moved ? { ...changes, is_overlapping: false } : changes, event, call, at);
}
