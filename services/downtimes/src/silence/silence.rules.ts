/** When a line that should send events sent none. */
import { shiftAt, type Schedule } from '@plantops/accounting';
import type { LinePrice } from '@plantops/contracts';
import { inForceAt } from '../downtimes/downtime.rules.ts';
import type { Part } from '../states/departure.rules.ts';
import { holding, isBefore, unionOf, type Interval } from '../states/time.rules.ts';

type Versions = readonly Pick<LinePrice, 'valid_from' | 'silence_seconds'>[];
/** What says how long a line may be silent, and when. `inServiceUntil`: null: it is in service. */
export type Watch = {
  readonly versions: Versions;
  readonly inServiceUntil: string | null;
  readonly schedule: Schedule;
};

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
 * The silences among the gaps between events of a line, in order of time; the last gap may last. One begins with the last
 * event in a shift, unless the line is stopped then, and ends with the next event or the shift. The begin and the end of
 * another stop are a sign of the line, too, and so is each of `signs`, in any order. Without a calendar a local day is a
 * shift.
 */
export const silencesOf = (
  gaps: readonly Interval[],
  { stops, signs = [] }: { readonly stops: readonly Interval[]; readonly signs?: readonly string[] },
  { versions, inServiceUntil, schedule }: Watch,
  now: string,
): Silences => {
  const looks: string[] = [];
  const standing = unionOf(stops);
  const until = inServiceUntil !== null && inServiceUntil < now ? inServiceUntil : now;
  const cuts = [...new Set([...signs, ...stops.flatMap(({ from, to }) => (to === null ? [from] : [from, to]))])].sort();
  const parts = cut(gaps, cuts).flatMap((gap): Part[] => {
    const allowed = allowedMs(versions, gap.from);
    const shift = shiftAt(schedule, Date.parse(gap.from));
    if (allowed === undefined || shift === undefined) return [];
    const lasts = gap.to === null && inServiceUntil === null;
    if (holding(standing, gap.from, (stop) => stop) !== undefined) {
      // A person may end the stop.
      if (lasts) looks.push(after(now, allowed));
      return [];
    }
    const shiftEnd = new Date(shift.to).toISOString();
    const end = gap.to === null || gap.to > shiftEnd ? shiftEnd : gap.to;
    const isOpen = lasts && end > now;
    const to = gap.to === null && end > until ? until : end;
    if (Date.parse(to) - Date.parse(gap.from) <= allowed) {
      if (isOpen) looks.push(after(gap.from, allowed + 1));
      return [];
    }
    if (isOpen) looks.push(shiftEnd);
    const interval = { from: gap.from, to: isOpen ? null : to };
    return [{ ...NO_SIGNAL, ...interval, departure: interval, is_end_assumed: false }];
  });
  return { parts, lookAt: looks.toSorted()[0] };
};

const after = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** Gaps in order of time, cut at instants in order of time. */
const cut = (gaps: readonly Interval[], cuts: readonly string[]): Interval[] => {
  let next = 0;
  return gaps.flatMap(({ from, to }) => {
    const starts = [from];
    while (next < cuts.length && (cuts[next] as string) <= from) next += 1;
    for (; next < cuts.length && isBefore(cuts[next] as string, to); next += 1) starts.push(cuts[next] as string);
    return starts.map((start, index) => ({ from: start, to: starts[index + 1] ?? to }));
  });
};
