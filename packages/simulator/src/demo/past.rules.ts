/** The hours before the very first start, so that a fresh demo has something to show. */
import { begin, live, type Line, type LineLife } from './line.rules.ts';
import type { Happening } from './happening.rules.ts';

const LONGEST_MS = 4 * 3_600_000;
/** The past is told in coarser counts than the present. */
const COUNT_EVERY_MS = 60_000;

/** Since when there is a past: the plant's last midnight, or some hours ago; of a faster life, less. */
export const pastBegins = (now: number, timezone: string, pace: number): number =>
  now - Math.min(LONGEST_MS / Math.max(pace, 1), sinceMidnight(now, timezone));

/** Milliseconds that the clock on the plant's wall has gone since midnight. */
const sinceMidnight = (now: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(now);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return ((of('hour') * 60 + of('minute')) * 60 + of('second')) * 1000;
};

/** What has happened on a line since then, and how it stands now. */
export const livePast = (line: Line, seed: number, from: number, now: number): { life: LineLife; happenings: readonly Happening[] } =>
  live(line, begin(seed, from), now, COUNT_EVERY_MS);
