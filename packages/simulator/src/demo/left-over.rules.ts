/** Batches and stops that an earlier run of the demo left open on a line. */
import { instantOf, type Happening } from './happening.rules.ts';

type OpenBatch = {
  readonly batch_number: string;
  readonly started_at: string | null;
  readonly last_count_at: string | null;
};
export type LeftOver = {
  readonly batches: readonly OpenBatch[];
  readonly open_stops: readonly { readonly start_time: string }[];
};

/** A running line reports a count more often than this, so it stopped within this time after its last event. */
const SURELY_SILENT_MS = 30_000;

/**
 * Returns the events that end what was left open, soon after the last event and not now: the line did nothing since
 * then. It is idle from there on; time without a batch is planned.
 */
export function endLeftOver({ batches, open_stops }: LeftOver, now: number): Happening[] {
  const heard = [
    ...batches.flatMap(({ started_at, last_count_at }) => [started_at, last_count_at]),
    ...open_stops.map(({ start_time }) => start_time),
  ];
  const last = Math.max(...heard.flatMap((time) => (time === null ? [] : [Date.parse(time)])));
  if (last === -Infinity) return [];
  const at = instantOf(Math.max(last + 1, Math.min(last + SURELY_SILENT_MS, now - 1)));
  return [
    ...batches.map(({ batch_number }): Happening => ({ kind: 'batch.completed', body: { batch_number, at } })),
    { kind: 'state', body: { at, state: 'idle' } },
  ];
}
