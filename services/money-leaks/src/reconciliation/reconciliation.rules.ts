import {
  LEG_NAMES,
  MS_PER_MINUTE,
  type Interval,
  type Legs,
  type LineFacts,
  type Reconciliation,
} from '@plantops/accounting';
import type { getReconciliation as contract, OutputOf } from '@plantops/contracts';
import { iso } from '../facts/intervals.rules.ts';

/** Clocks differ: a batch or stop may have ended a little ahead of now. It is posted whole, so it is computed whole. */
export function computedUpTo({ stops, batches }: Pick<LineFacts, 'stops' | 'batches'>, now: number): number {
  return Math.max(now, ...[...stops, ...batches].map(({ to }) => to ?? 0));
}

const minutes = (ms: string | number): number => Number((Number(ms) / MS_PER_MINUTE).toFixed(6));

/** The reconciliation of a window in minutes, cut at now. */
export function answerOf(result: Reconciliation, { from, to }: Interval, now: number): OutputOf<typeof contract> {
  const inMinutes = (legs: Legs) =>
    Object.fromEntries(LEG_NAMES.map((leg) => [leg, minutes(legs[leg])])) as Record<(typeof LEG_NAMES)[number], number>;
  return {
    effective_from: iso(Math.min(from, now)),
    effective_to: iso(Math.min(to, now)),
    pbt_minutes: minutes(result.pbt_ms),
    good_minutes: minutes(result.good_ms),
    unposted_minutes: minutes(result.unposted_ms),
    source: inMinutes(result.source),
    ledger: inMinutes(result.ledger),
    imbalance_minutes: minutes(result.imbalance_ms),
  };
}
