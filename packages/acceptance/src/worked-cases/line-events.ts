/** What a line system tells: times of day are those of 2026-03-02 in UTC, others are written in full. */
import type { IngestKind } from '@plantops/contracts';
import { at } from '@plantops/fixtures';

/** A line event; its id follows from where it stands on the tape of its line. */
export type Telling = { readonly kind: IngestKind } & Readonly<Record<string, unknown>>;
export type Told = Telling & { readonly id: string };

/** A stop, complete in itself. */
export const stop = (from: string, to: string, reason_category: string, more: object = {}): Telling => ({
  kind: 'downtime.ended',
  start_time: at(from),
  end_time: at(to),
  reason_category,
  ...more,
});

/** A stop in two reports: where it begins, and where it ends. */
export const stopInTwo = (from: string, to: string, reason_category: string): Telling[] => [
  { kind: 'downtime.started', downtime_ref: from, at: at(from), reason_category },
  { kind: 'downtime.ended', downtime_ref: from, end_time: at(to) },
];

/** A batch, from its start to its totals. */
export const batch = (batch_number: string, from: string, to: string, totals: object = {}): Telling[] => [
  { kind: 'batch.started', batch_number, at: at(from) },
  { kind: 'batch.completed', batch_number, at: at(to), ...totals },
];

export const count = (batch_number: string, time: string, good: number, reject = 0): Telling => ({
  kind: 'count',
  batch_number,
  at: at(time),
  good,
  reject,
});

export const scrap = (batch_number: string, time: string, quantity: number): Telling => ({
  kind: 'scrap',
  batch_number,
  at: at(time),
  quantity,
});
