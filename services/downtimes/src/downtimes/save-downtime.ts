/** Writes stops: the row and its announcement, in one transaction. */
import {
  downtimeEnded,
  downtimeStarted,
  type DowntimeRow,
  type EventContract,
  type downtimeRow,
} from '@plantops/contracts';
import { announce, announcement, insertRow, updateRow, type Cause, type Tx } from '@plantops/persistence';
import { Downtime } from './downtime.table.ts';
import type { Stop } from './downtime.rules.ts';
import { overlapsAnother } from './refuse-overlap.ts';

type Event = EventContract<typeof downtimeRow>;

/** Records a new stop. A complete one is announced as ended. */
export const recordStop = async (
  tx: Tx,
  stop: Stop & { id?: string },
  author: Cause,
  now: string,
): Promise<DowntimeRow> => {
  const row = await insertRow(tx, Downtime, stop, author, now);
  await announce(tx, [announcement(row.status === 'open' ? downtimeStarted : downtimeEnded, row, row.id)], author, now);
  return row;
};

/**
 * Records a stop that a line system reports. If it overlaps another stop, nobody can be asked: it is kept and marked.
 */
export const recordReported = async (
  tx: Tx,
  stop: Stop & { id?: string },
  author: Cause,
  now: string,
): Promise<DowntimeRow> => recordStop(tx, { ...stop, is_overlapping: await overlapsAnother(tx, stop) }, author, now);

/** Writes a change that a line system reports. A changed time may overlap another stop, or no longer do so. */
export const changeReported = async (
  tx: Tx,
  row: DowntimeRow,
  changes: Partial<Stop>,
  event: Event,
  author: Cause,
  now: string,
): Promise<DowntimeRow> => {
  const moved = changes.start_time !== undefined || changes.end_time !== undefined;
  const overlap = moved ? { is_overlapping: await overlapsAnother(tx, { ...row, ...changes }, row.id) } : {};
  return changeStop(tx, row, { ...changes, ...overlap }, event, author, now);
};

/** Writes a change of a locked stop and announces it as the given event. */
export const changeStop = async (
  tx: Tx,
  row: DowntimeRow,
  changes: Partial<Stop>,
  event: Event,
  author: Cause,
  now: string,
): Promise<DowntimeRow> => {
  const changed = await updateRow(tx, Downtime, row, changes, author, now);
  await announce(tx, [announcement(event, changed, changed.id)], author, now);
  return changed;
};
