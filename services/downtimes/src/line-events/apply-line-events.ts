import type { LineEvent, LineRow } from '@plantops/contracts';
import { applyInOrder, masterByCode, oneByOne, waitKey, type Tx } from '@plantops/persistence';
import { endByUnits, linesWithStops } from '../activity/end-by-units.ts';
import { keepActivity, readActivity } from '../activity/note-activity.ts';
import { applyDowntimeEnded } from '../downtimes/apply-downtime-ended.ts';
import { applyDowntimeStarted } from '../downtimes/apply-downtime-started.ts';
import { watchSilence } from '../silence/watch-silence.ts';
import { applyStates } from '../states/apply-states.ts';

const locate = async (tx: Tx, events: readonly LineEvent[]) => {
  const codes = events.map(({ line }) => line);
  const lines = await masterByCode<LineRow>(tx, 'line', codes);
  return events.map((event) => {
    const line = lines.get(event.line);
    return line ? { event, line } : { waitsFor: waitKey.line(event.line) };
  });
};

/** What events of any kind say by coming at all. */
export async function observeLineEvents(tx: Tx, events: readonly LineEvent[], now: string): Promise<void> {
  const codes = events.map(({ line }) => line);
  // Sent together: one trip to the database.
  const [activity, lines] = await Promise.all([readActivity(tx, events), masterByCode<LineRow>(tx, 'line', codes)]);
  const known = activity.noted.flatMap(({ line_code, ...of }) => {
    const line = lines.get(line_code);
    return line === undefined ? [] : [{ line, ...of }];
  });
  const counted = known.flatMap((one) => (one.counted === undefined ? [] : [{ line: one.line, counted: one.counted }]));
  const [, standing] = await Promise.all([keepActivity(tx, activity), linesWithStops(tx, counted)]);
  await endByUnits(tx, standing, now);
  await watchSilence(tx, known, now);
}

export const applyLineEvents = applyInOrder(locate, [
  { kind: 'downtime.started', apply: oneByOne(applyDowntimeStarted) },
  { kind: 'downtime.ended', apply: oneByOne(applyDowntimeEnded) },
  { kind: 'state', apply: applyStates },
]);
