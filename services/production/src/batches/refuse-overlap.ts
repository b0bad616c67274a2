import { Problem, type BatchRow } from '@plantops/contracts';
import { runsOfRow } from './derive-runs.ts';

type Time = { readonly from: string; readonly to: string | null };

/** Throws where another batch has the line at that time: people let one run at a time. `to` null: from then on. */
export function refuseOverlap(near: readonly BatchRow[], { from, to }: Time, remedy = FOR_TIMES): void {
  const has = (row: BatchRow) =>
    runsOfRow(row).some((run) => (to === null || run.from < to) && (run.to === null || run.to > from));
  const [other] = near.filter(has).toSorted((a, b) => ((a.started_at ?? '') < (b.started_at ?? '') ? -1 : 1));
  if (other === undefined) return;
  const isLasting = runsOfRow(other).at(-1)?.to === null;
  throw new Problem(
    'overlap',
    `batch ${other.batch_number} (${other.id}, ${other.status}) has the line at that time: ${isLasting ? remedy : 'send times beside its own'}`,
  );
}
const FOR_TIMES = 'complete or cancel it first';

/** Throws where another batch has the line at an instant or later. */
export const refuseHolder =
  (at: string) =>
  (near: readonly BatchRow[]): void =>
    refuseOverlap(near, { from: at, to: null }, 'complete, cancel or pause it first, or send interrupt: true');
