/** What lines report in floods and benches, by number: nine counts of each line, then a stop. */

/** The number of lines, the first instant, and the milliseconds between two reports of a line. */
export type Tape = { readonly lines: number; readonly from: number; readonly everyMs: number };
export type Message = {
  readonly line: number;
  readonly kind: string;
  readonly body: Readonly<Record<string, unknown>>;
};

const iso = (ms: number): string => new Date(ms).toISOString();
/** One of so many events of a line is a stop. */
const STOP_EVERY = 10;

/** The line event of this number, of an old tape. A stop lasts three quarters of the time to the line's next report. */
export function lineEvent(n: number, { lines, from, everyMs }: Tape): Message {
  const nth = Math.floor(n / lines);
  const at = from + nth * everyMs;
  return {
    line: n % lines,
    ...(nth % STOP_EVERY === STOP_EVERY - 1
      ? {
          kind: 'downtime.ended',
          body: {
            start_time: iso(at),
            end_time: iso(at + (everyMs * 3) / 4),
            reason_category: 'mechanical',
            backfill: true,
          },
        }
      : { kind: 'count', body: { at: iso(at), good: 5, reject: 0, backfill: true } }),
  };
}

/** How many of the first line events are stops. */
export function stopsIn(events: number, { lines }: Pick<Tape, 'lines'>): number {
  const rounds = Math.floor(events / lines);
  const rest = rounds % STOP_EVERY === STOP_EVERY - 1 ? events % lines : 0;
  return Math.floor(rounds / STOP_EVERY) * lines + rest;
}

/** The reading of this number: each line has one sensor. */
export function reading(n: number, { lines, from, everyMs }: Tape): Message {
  const at = from + Math.floor(n / lines) * everyMs;
  return { line: n % lines, kind: 'T', body: { at: iso(at), value: 20 + (n % 7) } };
}
