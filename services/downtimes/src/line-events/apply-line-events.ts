import type { LineEvent, LineRow } from '@plantops/contracts';
import { applyInOrder, masterByCode, oneByOne, waitKey, type Tx } from '@plantops/persistence';
import { applyDowntimeEnded } from '../downtimes/apply-downtime-ended.ts';
import { applyDowntimeStarted } from '../downtimes/apply-downtime-started.ts';
import { applyStates } from '../states/apply-states.ts';

const locate = async (tx: Tx, events: readonly LineEvent[]) => {
  const codes = events.map(({ line }) => line);
  const lines = await masterByCode<LineRow>(tx, 'line', codes);
  return events.map((event) => {
    const line = lines.get(event.line);
    return line ? { event, line } : { waitsFor: waitKey.line(event.line) };
  });
};

export const applyLineEvents = applyInOrder(locate, [
  { kind: 'downtime.started', apply: oneByOne(applyDowntimeStarted) },
  { kind: 'downtime.ended', apply: oneByOne(applyDowntimeEnded) },
  { kind: 'state', apply: applyStates },
]);
