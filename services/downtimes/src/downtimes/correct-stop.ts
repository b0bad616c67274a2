import type { DowntimeRow, downtimeRow, EventContract } from '@plantops/contracts';
import { runCommand, getRow, lockRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { Downtime } from './downtime.entity.ts';
import type { Known, Stop } from './downtime.rules.ts';
import { knownOf } from './known-of.ts';
import { lockLine, refuseOverlap } from './refuse-overlap.ts';
import { changeStop } from './save-downtime.ts';

type Decide = (row: DowntimeRow, known: Known, now: string) => Partial<Stop>;

/** Changes a stop's own fields: under its line's lock, since a changed time may meet another stop. */
export const correctStop = async (
  { database, line, batch, now }: Deps,
  id: string,
  call: Call,
  event: EventContract<typeof downtimeRow>,
  decide: Decide,
  named: { readonly reason_code?: string | null | undefined; readonly batch_id?: string | null | undefined } = {},
): Promise<DowntimeRow> => {
  const { line_id } = await database.transact(call.tenant, (tx) => getRow<DowntimeRow>(tx, Downtime, id));
  const ofLine = await line(line_id, call);
  await batch(named.batch_id, line_id, call);
  return runCommand(database, call, async (tx) => {
    const at = now();
    await lockLine(tx, line_id);
    const row = await lockRow<DowntimeRow>(tx, Downtime, id, call.expectedVersion);
    const changes = decide(row, await knownOf(tx, ofLine, row, named.reason_code), at);
    const moved = changes.start_time !== undefined || changes.end_time !== undefined;
    if (moved) await refuseOverlap(tx, { ...row, ...changes }, id);
    return changeStop(tx, row, moved ? { ...changes, is_overlapping: false } : changes, event, call, at);
  });
};
