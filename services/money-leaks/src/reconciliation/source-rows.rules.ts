import { MOST_LATE_MS, type Interval } from '@plantops/accounting';
import { endOfBatch } from '../facts/fact.rules.ts';
import { enclosing } from '../facts/intervals.rules.ts';
import type { KnownOfLine } from '../facts/line-facts.rules.ts';

/** The rows of a line that production and downtimes own. */
export type SourceRows = Pick<KnownOfLine, 'stops' | 'batches' | 'counts' | 'scraps' | 'states'>;

/**
 * A window with the whole of each stop and batch that overlaps it. Batches of another time, which come along where
 * units of the window name them, do not make it longer.
 */
export function wholeInterval({ stops, batches }: Pick<SourceRows, 'stops' | 'batches'>, window: Interval): Interval {
  const lasting = [
    ...stops.map(({ start_time, end_time }) => [start_time, end_time] as const),
    ...batches.map((batch) => [batch.started_at, endOfBatch(batch)] as const),
  ].map(([from, to], index) => {
    // A batch may get units a little after its end.
    const late = index < stops.length ? 0 : MOST_LATE_MS;
    const end = msOrUndefined(to);
    return { from: msOrUndefined(from), to: end === undefined ? undefined : end + late };
  });
  const overlapping = lasting.filter(({ from = 0, to = Infinity }) => from < window.to && to > window.from);
  return enclosing([window, ...overlapping.map(({ from = window.from, to = window.to }) => ({ from, to }))]);
}

function msOrUndefined(at: string | null | undefined): number | undefined {
  return at === null || at === undefined ? undefined : Date.parse(at);
}
