import type { LineEvent, LineRow } from '@plantops/contracts';
import { masterByCode, waitKey, type ApplyLineEvents, type Tx, type Verdict } from '@plantops/persistence';
import { onDowntimeEnded } from '../downtimes/on-downtime-ended.ts';
import { onDowntimeStarted } from '../downtimes/on-downtime-started.ts';
import { onStates } from '../states/on-states.ts';

/** A line event whose line is known. */
export type Located<K extends LineEvent['kind']> = { readonly event: LineEvent<K>; readonly line: LineRow };

export const applyLineEvents: ApplyLineEvents = async (tx, events, now) => {
  const lines = await masterByCode<LineRow>(
    tx,
    'line',
    events.map(({ line }) => line),
  );
  const verdicts = new Map<LineEvent, Verdict>();
  const located: Located<LineEvent['kind']>[] = [];
  for (const event of events) {
    const line = lines.get(event.line);
    if (line) located.push({ event, line });
    else verdicts.set(event, { waitsFor: waitKey.line(event.line) });
  }
  // Starts go first, so that an end that came with its start need not wait for it.
  for (const kind of ['downtime.started', 'downtime.ended', 'state'] as const) {
    const ofKind = located.filter(({ event }) => event.kind === kind);
    if (ofKind.length === 0) continue;
    const results = await apply[kind](tx, ofKind as never, now);
    for (const [index, { event }] of ofKind.entries()) verdicts.set(event, results[index] as Verdict);
  }
  return events.map((event) => verdicts.get(event) as Verdict);
};

const oneByOne =
  <K extends LineEvent['kind']>(handle: (tx: Tx, located: Located<K>, now: string) => Promise<Verdict>) =>
  async (tx: Tx, located: readonly Located<K>[], now: string): Promise<Verdict[]> => {
    const verdicts: Verdict[] = [];
    for (const one of located) verdicts.push(await handle(tx, one, now));
    return verdicts;
  };

const apply = { 'downtime.started': oneByOne(onDowntimeStarted), 'downtime.ended': oneByOne(onDowntimeEnded), state: onStates } as const;
