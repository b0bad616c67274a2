import type { LineEvent, LineRow } from '@plantops/contracts';
import { applyInOrder, masterByCode, oneByOne, waitKey, type Tx } from '@plantops/persistence';
import { onDowntimeEnded } from '../downtimes/on-downtime-ended.ts';
import { onDowntimeStarted } from '../downtimes/on-downtime-started.ts';
import { onStates } from '../states/on-states.ts';

const locate = async (tx: Tx, events: readonly LineEvent[]) => {
  const codes = events.map(({ line }) => line);
  const lines = await masterByCode<LineRow>(tx, 'line', codes);
  return events.map((event) => {
    const line = lines.get(event.line);
    return line ? { event, line } : { waitsFor: waitKey.line(event.line) };
  });
};

export const applyLineEvents = applyInOrder(locate, [
  { kind: 'downtime.started', apply: oneByOne(onDowntimeStarted) },
  { kind: 'downtime.ended', apply: oneByOne(onDowntimeEnded) },
  { kind: 'state', apply: onStates },
]);
