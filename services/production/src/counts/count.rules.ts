/** Which counts are accepted, and when a count may be voided. */
import { notAhead, Problem, type BatchRow, type CountRow } from '@plantops/contracts';

/** Units belong to a batch that has started: not before its start and not in the future. */
export function checkCount(
  batch: Pick<BatchRow, 'batch_number' | 'status' | 'started_at'>,
  at: string,
  now: string,
): void {
  notAhead('at', at, now);
  if (batch.status === 'planned' || batch.status === 'cancelled')
    throw new Problem(
      'illegal_transition',
      `batch ${batch.batch_number} is ${batch.status}: start it before units are counted`,
    );
  if (batch.started_at !== null && at < batch.started_at)
    throw Problem.field('at', `must not be before the batch's started_at, ${batch.started_at}`);
}

export function voidCount(count: CountRow, reason: string, now: string): Partial<CountRow> {
  if (count.voided_at !== null) throw new Problem('illegal_transition', `it was voided at ${count.voided_at} already`);
  return { voided_at: now, void_reason: reason };
}
