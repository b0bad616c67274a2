/** A batch with the time in which it ran: until its own end, or the next batch's start. */
import type { Batch } from './raw-rows.ts';

export type Run = Batch & { readonly end: number; readonly closed: boolean; readonly isCut: boolean };

export const runsOf = (batches: readonly Batch[]): Run[] =>
  batches
    .toSorted((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1))
    .map((batch, index, all) => {
      const own = batch.to ?? Infinity;
      const next = all[index + 1]?.from ?? Infinity;
      return { ...batch, end: Math.min(own, next), closed: !batch.running || next < own, isCut: next < own };
    });
