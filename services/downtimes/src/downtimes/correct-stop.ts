import type { DowntimeRow, downtimeRow, EventContract, LineRow } from '@plantops/contracts';
import { getRow, lockRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { Downtime } from './downtime.entity.ts';
import type { Stop } from './downtime.rules.ts';
import { lockLine, refuseOverlap } from './refuse-overlap.ts';
import { changeStop } from './save-downtime.ts';

type Decide = (row: DowntimeRow, versions: LineRow['versions'], now: string) => Partial<Stop>;

/** Changes a stop's own fields: under its line's lock, since a changed time may meet another stop. */
export const correctStop = async (
  { database, line, now }: Deps,
  id: string,
  call: Call,
  event: EventContract<typeof downtimeRow>,
  decide: Decide,
): Promise<DowntimeRow> => {
  const { line_id } = await database.transact(call.tenant, (tx) => getRow<DowntimeRow>(tx, Downtime, id));
  const { versions } = await line(line_id, call);
  return database.transact(call.tenant, async (tx) => {
    const at = now();
    await lockLine(tx, line_id);
    const row = await lockRow<DowntimeRow>(tx, Downtime, id, call.expectedVersion);
    const changes = decide(row, versions, at);
    const moved = changes.start_time !== undefined || changes.end_time !== undefined;
    if (moved) await refuseOverlap(tx, { ...row, ...changes }, id);
    return changeStop(tx, row, changes, event, call, at);
  });
};
