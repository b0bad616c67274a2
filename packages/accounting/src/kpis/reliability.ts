import { originOf, reportedIntervals, thresholdMs } from '../time/claims.ts';
import type { Interval, LineFacts, Stop } from '../facts.ts';
import { layTime } from '../time/ladder.ts';
import { MS_PER_MINUTE } from '../numbers/money.ts';

/** The terms of reliability in a window. Add those of lines and windows before you divide. Times in milliseconds. */
export interface ReliabilityTerms {
  readonly apt_ms: number;
  /**
   * Unplanned stops with a failure reason, closed or open, that start in the window. The parts of a split stop, and of
   * a departure from running, are one: it counts where its unplanned time reaches the threshold, from its first failing
   * part.
   */
  readonly failures: number;
  readonly repaired: number;
  /** The unmasked time of the closed failures, also outside of the window. */
  readonly repair_ms: number;
  /** Failures that somebody acknowledged before their end. */
  readonly acknowledged: number;
  /** Σ (acknowledged - start) of the acknowledged failures. */
  readonly response_ms: number;
}

export interface Reliability {
  readonly failures: number;
  /** Mean time between failures = APT / failures (ISO 22400-2), minutes. */
  readonly mtbf_minutes: number | null;
  /** Mean time to repair = time of the closed failures / their number (ISO 22400-2), minutes. */
  readonly mttr_minutes: number | null;
  /** Mean time to acknowledge, minutes. */
  readonly mtta_minutes: number | null;
}

/**
 * The failures that start in a window, cut at now. The parts of a split stop are one failure. A report that is masked
 * completely (the same failure reported twice) does not count. `apt_ms` is the window's actual production time.
 */
export function reliabilityTerms(facts: LineFacts, window: Interval, now: number, apt_ms: number): ReliabilityTerms {
  const terms = { apt_ms, failures: 0, repaired: 0, repair_ms: 0, acknowledged: 0, response_ms: 0 };
  const cut = { from: window.from, to: Math.min(window.to, now) };
  const failures = failuresOf(facts, now).filter(({ from }) => from >= cut.from && from < cut.to);
  if (failures.length === 0) return terms;
  // An open failure may be masked in the window and visible later, so time is laid up to now.
  const sofar = Number.isFinite(now) ? now : cut.to;
  const end = Math.max(
    cut.to,
    ...failures.flatMap(({ parts }) => parts.map((part) => part.to ?? Math.max(sofar, part.from + 1))),
  );
  const unmasked = unmaskedByStop(facts, { from: cut.from, to: end }, Math.max(now, end));
  for (const { from, parts } of failures) {
    const repair_ms = parts.reduce((total, part) => total + (unmasked.get(part.id) ?? 0), 0);
    if (repair_ms === 0) continue;
    terms.failures += 1;
    if (parts.every((part) => part.to !== null && part.to <= now)) {
      terms.repaired += 1;
      terms.repair_ms += repair_ms;
    }
    const acknowledged = parts
      .flatMap(({ acknowledged_at, to }) =>
        acknowledged_at != null && acknowledged_at < (to ?? Infinity) ? [acknowledged_at] : [],
      )
      .filter((at) => at <= now);
    if (acknowledged.length > 0) {
      terms.acknowledged += 1;
      terms.response_ms += Math.max(0, Math.min(...acknowledged) - from);
    }
  }
  return terms;
}

export function addReliability(...all: readonly ReliabilityTerms[]): ReliabilityTerms {
  const total = (name: keyof ReliabilityTerms): number => all.reduce((running, terms) => running + terms[name], 0);
  return {
    apt_ms: total('apt_ms'),
    failures: total('failures'),
    repaired: total('repaired'),
    repair_ms: total('repair_ms'),
    acknowledged: total('acknowledged'),
    response_ms: total('response_ms'),
  };
}

/** The means; null when no stop failed, was repaired or was acknowledged. */
export function reliability(terms: ReliabilityTerms): Reliability {
  const mean = (ms: number, of: number): number | null => (of === 0 ? null : ms / of / MS_PER_MINUTE);
  return {
    failures: terms.failures,
    mtbf_minutes: mean(terms.apt_ms, terms.failures),
    mttr_minutes: mean(terms.repair_ms, terms.repaired),
    mtta_minutes: mean(terms.response_ms, terms.acknowledged),
  };
}

interface Failure {
  readonly from: number;
  readonly parts: readonly Stop[];
}

function failuresOf(facts: LineFacts, now: number): Failure[] {
  const whole = reportedIntervals(facts.stops, now);
  const unplanned = facts.stops.filter(
    ({ is_planned, is_excluded, reason_category, phase }) =>
      !is_planned && !is_excluded && reason_category !== 'changeover' && phase !== 'startup',
  );
  return [...Map.groupBy(unplanned, originOf).values()].flatMap((all) => {
    const [first] = all;
    const parts = all.filter(({ is_failure }) => is_failure);
    const lost = all.reduce((total, { from, to }) => total + (to ?? Math.max(now, from)) - from, 0);
    if (first === undefined || parts.length === 0 || lost < thresholdMs(facts, first, whole)) return [];
    return [{ from: Math.min(...parts.map((part) => part.from)), parts }];
  });
}

function unmaskedByStop(facts: LineFacts, window: Interval, now: number): ReadonlyMap<string, number> {
  const unmasked = new Map<string, number>();
  for (const piece of layTime(facts, window, now).pieces) {
    if (piece.stop_id !== null) unmasked.set(piece.stop_id, (unmasked.get(piece.stop_id) ?? 0) + piece.to - piece.from);
  }
  return unmasked;
}
