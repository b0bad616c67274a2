/** When a line that should send events sent none. */
import { shiftAt, type Schedule } from '@plantops/accounting';
import type { LinePrice } from '@plantops/contracts';
import { inForceAt } from '../downtimes/downtime.rules.ts';
import type { Part } from '../states/departure.rules.ts';
import { holds, type Interval } from '../states/time.rules.ts';

type Versions = readonly Pick<LinePrice, 'valid_from' | 'silence_seconds'>[];
/** What says how long a line may be silent, and when. */
export type Watch = { readonly versions: Versions; readonly isInService: boolean; readonly schedule: Schedule };

/** Whether a line may fall silent, by one of its versions. */
export const isWatched = (versions: Versions): boolean =>
  versions.some(({ silence_seconds }) => (silence_seconds ?? null) !== null);

/** How long a line may be silent from an instant on, milliseconds; undefined: as long as it likes. */
const allowedMs = (versions: Versions, at: string): number | undefined => {
  const seconds = inForceAt(versions, at)?.silence_seconds ?? null;
  return seconds === null ? undefined : seconds * 1_000;
};

const NO_SIGNAL = { reason_category: 'unknown', reason_code: 'no_signal', is_planned: false } as const;

export type Silences = {
  /** The stops without a signal. */
  readonly parts: readonly Part[];
  /** When there may be another one, or one ends, although no event comes; undefined: never. */
  readonly lookAt: string | undefined;
};

/**
 * The silences among the gaps between events of a line; the last gap may last. One begins with the last event in a
 * shift, unless the line is stopped then, and ends with the next event or the shift. The begin and the end of another
 * stop are a sign of the line, too. Without a calendar a local day is a shift.
 */
export const silencesOf = (
  gaps: readonly Interval[],
  stops: readonly Interval[],
  { versions, isInService, schedule }: Watch,
  now: string,
): Silences => {
  const looks: string[] = [];
  const parts = gaps
    .flatMap((gap) => cut(gap, stops))
    .flatMap((gap): Part[] => {
      const allowed = allowedMs(versions, gap.from);
      const shift = shiftAt(schedule, Date.parse(gap.from));
      if (allowed === undefined || shift === undefined) return [];
      const lasts = gap.to === null && isInService;
      const shiftEnd = new Date(shift.to).toISOString();
      if (stops.some((stop) => holds(stop, gap.from))) {
        // A person may end the stop.
        if (lasts) looks.push(after(now, allowed));
        return [];
      }
      const until = gap.to === null || gap.to > shiftEnd ? shiftEnd : gap.to;
      const isOpen = gap.to === null && until > now;
      if (Date.parse(isOpen ? now : until) - Date.parse(gap.from) <= allowed) {
        if (isOpen) looks.push(after(gap.from, allowed + 1));
        return [];
      }
      if (isOpen && !lasts) return [];
      if (isOpen) looks.push(shiftEnd);
      const interval = { from: gap.from, to: isOpen ? null : until };
      return [{ ...NO_SIGNAL, ...interval, departure: interval, is_end_assumed: false }];
    });
  return { parts, lookAt: looks.toSorted()[0] };
};

const after = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** A gap, cut where other stops begin and end. */
const cut = (gap: Interval, stops: readonly Interval[]): Interval[] => {
  const inside = (at: string | null): at is string => at !== null && at > gap.from && (gap.to === null || at < gap.to);
  const cuts = [...new Set(stops.flatMap(({ from, to }) => [from, to]).filter(inside))].sort();
  return [gap.from, ...cuts].map((from, index) => ({ from, to: cuts[index] ?? gap.to }));
};
