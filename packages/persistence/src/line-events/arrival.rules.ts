/** Whether the clock of a line event is plausible at its arrival. */

/** Clocks that are set over the network differ by less. */
const TOLERANCE_MS = 2_000;
/** An event that is further ahead was not sent early: its clock is wrong. */
const LONGEST_EARLY_MS = 24 * 3_600_000;
const A_DAY_MS = 86_400_000;

/** When the event says that it happened, when the broker stored it, and whether it is sent late on purpose. */
export type Arrival = { readonly happenedAt: string; readonly arrivedAt: string; readonly isBackfill: boolean };

/** Whether it is older at its arrival than the shortest `late_after_days`: only then the setting matters. */
export function mayBeTooOld({ happenedAt, arrivedAt, isBackfill }: Arrival): boolean {
  return !isBackfill && Date.parse(arrivedAt) - Date.parse(happenedAt) > A_DAY_MS;
}

/**
 * Why an event must wait whatever it is about; undefined: its clock is plausible. Age is measured at its arrival, so a
 * service that was down holds nothing back. An event is ahead if it is later than both its arrival and now: the clock
 * of this process may be slow.
 */
export function implausible(
  arrival: Arrival,
  now: string,
  lateAfterDays: number,
): 'too_old' | 'early' | 'clock_ahead' | undefined {
  const [happened, arrived] = [Date.parse(arrival.happenedAt), Date.parse(arrival.arrivedAt)];
  const ahead = happened - Math.max(arrived, Date.parse(now));
  if (ahead > LONGEST_EARLY_MS) return 'clock_ahead';
  if (ahead > TOLERANCE_MS) return 'early';
  return !arrival.isBackfill && arrived - happened > lateAfterDays * A_DAY_MS ? 'too_old' : undefined;
}
