import type { LineEvent, LineRow } from '@plantops/contracts';
import { applyInOrder, masterByCode, oneByOne, waitKey, type ApplyLineEvents, type Tx } from '@plantops/persistence';
import { endByUnits } from '../activity/end-by-units.ts';
import { noteActivity } from '../activity/note-activity.ts';
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
  const noted = await noteActivity(tx, events);
  const lines = await masterByCode<LineRow>(
    tx,
    'line',
    noted.map(({ line_code }) => line_code),
  );
  const known = noted.flatMap(({ line_code, ...of }) => {
    const line = lines.get(line_code);
    return line === undefined ? [] : [{ line, ...of }];
  });
  await endByUnits(
    tx,
    known.flatMap(({ line, counted }) => (counted === undefined ? [] : [{ line, counted }])),
    now,
  );
  await watchSilence(tx, known, now);
}

export const applyLineEvents: ApplyLineEvents = async (tx, events, now) => {
  await observeLineEvents(tx, events, now);
  return apply(tx, events, now);
};

const apply = applyInOrder(locate, [
  { kind: 'downtime.started', apply: oneByOne(applyDowntimeStarted) },
  { kind: 'downtime.ended', apply: oneByOne(applyDowntimeEnded) },
  { kind: 'state', apply: applyStates },
]);
