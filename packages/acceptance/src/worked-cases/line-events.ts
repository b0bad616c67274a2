/** The line events of a worked case. Times of day are those of 2026-03-02 in UTC; other times are full instants. */
import type { IngestKind } from '@plantops/contracts';
import { at } from '@plantops/fixtures';

/** A line event without its id, which depends on its place on the tape of its line. */
export type LineReport = { readonly kind: IngestKind } & Readonly<Record<string, unknown>>;
export type LineEvent = LineReport & { readonly id: string };

/** A stop in one complete report. */
export const stop = (from: string, to: string, reason_category: string, more: object = {}): LineReport => ({
  kind: 'downtime.ended',
  start_time: at(from),
  end_time: at(to),
  reason_category,
  ...more,
});

/** A stop in two reports: its start and its end. */
export const stopInTwo = (from: string, to: string, reason_category: string): LineReport[] => [
  { kind: 'downtime.started', downtime_ref: from, at: at(from), reason_category },
  { kind: 'downtime.ended', downtime_ref: from, end_time: at(to) },
];

/** A batch, from its start to its totals. */
export const batch = (batch_number: string, from: string, to: string, totals: object = {}): LineReport[] => [
  { kind: 'batch.started', batch_number, at: at(from) },
  { kind: 'batch.completed', batch_number, at: at(to), ...totals },
];

export const count = (batch_number: string, time: string, good: number, reject = 0): LineReport => ({
  kind: 'count',
  batch_number,
  at: at(time),
  good,
  reject,
});

export const scrap = (batch_number: string, time: string, quantity: number): LineReport => ({
  kind: 'scrap',
  batch_number,
  at: at(time),
  quantity,
});
