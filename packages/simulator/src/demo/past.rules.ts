/** Simulates the hours before the first start, so that a new demo has data to show. */
import { begin, live, type Line, type LineLife } from './line.rules.ts';
import type { Happening } from './happening.rules.ts';

const LONGEST_MS = 4 * 3_600_000;
/** The past has fewer counts than the present. */
const COUNT_EVERY_MS = 60_000;

/** When the past begins: at the plant's last midnight, or four hours ago when that is later; less at a faster pace. */
export const pastBegins = (now: number, timezone: string, pace: number): number =>
  now - Math.min(LONGEST_MS / Math.max(pace, 1), sinceMidnight(now, timezone));

/** Milliseconds since midnight in the plant's local time. */
function sinceMidnight(now: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return ((of('hour') * 60 + of('minute')) * 60 + of('second')) * 1000;
}

/** The events of a line since then, and its state now. */
export const livePast = (
  line: Line,
  seed: number,
  from: number,
  now: number,
): { life: LineLife; happenings: readonly Happening[] } => live(line, begin(seed, from), now, COUNT_EVERY_MS);
