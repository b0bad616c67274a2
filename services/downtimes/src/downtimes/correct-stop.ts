import type { Work } from '@plantops/backbone';
import type { DowntimeRow, downtimeRow, EventContract } from '@plantops/contracts';
import { lockRow } from '@plantops/persistence';
import { assumeEndOf } from '../activity/end-by-units.ts';
import type { Deps } from '../deps.ts';
import type { Known, Stop } from './downtime.rules.ts';
import { Downtime } from './downtime.table.ts';
import { reasonsAndParts } from './known-of.ts';
import { findOverlap, lockLineOf, refuseOverlap } from './refuse-overlap.ts';
import { isBefore } from '../states/time.rules.ts';
import { rememberTimes, rememberWord } from '../states/remember-person.ts';
import { isWatched } from '../silence/silence.rules.ts';
import { lookForSilence } from '../silence/watch-silence.ts';
import { changeStop } from './save-downtime.ts';

export type Correction = {
  readonly id: string;
  /** What the person says. A batch must be one of the stop's line. */
  readonly sent: { readonly reason_code?: string | null | undefined; readonly batch_id?: string | null | undefined };
  readonly event: EventContract<typeof downtimeRow>;
  /** The rule that computes the changes. */
  readonly decide: (row: DowntimeRow, known: Known) => Partial<Stop>;
};

/** Changes a stop's own fields, under the lock of its line: a changed time may overlap another stop. */
export async function correctStop(
  { line, batch }: Deps,
  work: Work,
  { id, sent, event, decide }: Correction,
): Promise<DowntimeRow> {
  const { tx, call, at } = work;
  const [, row] = await Promise.all([lockLineOf(tx, id), lockRow(tx, Downtime, id, call.expectedVersion)]);
  const [ofLine, known] = await Promise.all([
    line(row.line_id, work),
    reasonsAndParts(tx, row, sent.reason_code),
    batch(sent.batch_id, row.line_id, work),
  ]);
  const changes = decide(row, { ...known, versions: ofLine.versions });
  const moved = changes.start_time !== undefined || changes.end_time !== undefined;
  const overlap = moved ? { is_overlapping: false } : {};
  const [, changed] = await Promise.all([
    moved ? findOverlap(tx, { ...row, ...changes }, id).then(refuseOverlap) : undefined,
    changeStop(tx, row, { ...changes, ...overlap }, event, call, at),
  ]);
  await Promise.all([
    moved ? rememberTimes(tx, { row, changes }) : undefined,
    moved && isWatched(ofLine.versions) ? lookForSilence(tx, row.line_id, extentOf(row, changed), at) : undefined,
    rememberWord(tx, sent, { row, changes, at }),
  ]);
  // With another start, or in ramp-up, units may prove something else.
  const isJudged = changes.start_time !== undefined || changes.phase !== undefined;
  return isJudged ? assumeEndOf(tx, ofLine, changed, at) : changed;
}

/** The time of a stop before and after a change. */
const extentOf = (row: DowntimeRow, changed: DowntimeRow) => ({
  from: row.start_time < changed.start_time ? row.start_time : changed.start_time,
  to: isBefore(row.end_time, changed.end_time) ? changed.end_time : row.end_time,
});
