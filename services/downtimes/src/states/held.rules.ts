/** Which of the reports of one instant holds after it. */
import type { LineState, StateReport } from '@plantops/contracts';

export type Report = Pick<StateReport, 'at' | 'state' | 'reason_code'> & {
  /** The sender's count of its events; 0: it does not count. */
  readonly seq: number;
  /** The sender's id of the event. */
  readonly event_id: string;
};

/**
 * The reports that hold until the next one, in order of time, at most one an instant. The order of arrival is
 * irrelevant.
 */
export const heldOf = (reports: readonly Report[]): Report[] => {
  const instants = Map.groupBy(reports, ({ at }) => at);
  let before: LineState | undefined;
  return [...instants.keys()].sort().map((at) => {
    const held = lastOf(instants.get(at) as Report[], before);
    before = held.state;
    return held;
  });
};

/**
 * The last of the reports of one instant: the highest `seq`; else the state that held before (the line tried to start
 * and failed); else running; then one with a reason code, then the higher event id.
 */
const lastOf = (reports: readonly Report[], before: LineState | undefined): Report => {
  const highest = Math.max(...reports.map(({ seq }) => seq));
  const last = reports.filter(({ seq }) => seq === highest);
  const same = firstWithAny([
    last.filter(({ state }) => state === before),
    last.filter(({ state }) => state === 'running'),
    last,
  ]);
  const coded = firstWithAny([same.filter(({ reason_code }) => reason_code !== null), same]);
  return coded.reduce((one, other) => (other.event_id > one.event_id ? other : one));
};

const firstWithAny = (lists: readonly (readonly Report[])[]): readonly Report[] =>
  lists.find((list) => list.length > 0) ?? [];
