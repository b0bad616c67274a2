/** Parts of statements that several files need. */
import { iso, type LineInterval } from './intervals.rules.ts';

/**
 * The batches `n` of a line that begin after the row `batch`, which has a line, a beginning and an id; `$1` is the
 * tenant. Of two that begin at the same instant the one with the higher id is the later, as in the accounting,
 * whichever was reported first.
 */
export function laterBatches(batch: string): string {
  return `fact n
    where n.tenant_id = $1 and n.line_id = ${batch}.line_id and n.kind = 'batch'
      and (n.began, n.id) > (${batch}.began, ${batch}.id)`;
}

/** Intervals of lines as three arrays: lines, beginnings, ends. */
export function columnsOf(intervals: readonly LineInterval[]): [string[], string[], string[]] {
  return [
    intervals.map(({ line_id }) => line_id),
    intervals.map(({ interval }) => iso(interval.from)),
    intervals.map(({ interval }) => iso(interval.to)),
  ];
}
