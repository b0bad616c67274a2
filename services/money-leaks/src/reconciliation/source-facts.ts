/** A line's facts as its owners' rows have them now: never from what was announced. */
import { MOST_LATE_MS, type Interval, type LineFacts } from '@plantops/accounting';
import {
  getDowntimeRows,
  getProductionRows,
  Problem,
  type BatchRow,
  type CountRow,
  type DowntimeRow,
  type ScrapRow,
  type HeldState,
} from '@plantops/contracts';
import type { Bus, Call } from '@plantops/service-kit';
import { iso } from '../facts/intervals.rules.ts';
import { lineFacts, type KnownOfLine } from '../facts/line-facts.rules.ts';
import { wholeInterval, type SourceRows } from './source-rows.rules.ts';

const MOST_PAGES = 100;

/**
 * The figures of a window depend on the whole of each batch and stop that overlaps it: where one is longer, its
 * interval is asked for too.
 */
export async function sourceFacts(
  bus: Bus,
  known: Pick<KnownOfLine, 'line' | 'plant' | 'products' | 'trialBatches'>,
  window: Interval,
  call: Call,
): Promise<LineFacts> {
  // A batch that ended a little before may get units of the window.
  const asked = { from: window.from - MOST_LATE_MS, to: window.to };
  const rows = await askRows(bus, known.line.id, asked, call);
  const whole = wholeInterval(rows, window);
  const isLonger = whole.from < asked.from || whole.to > asked.to;
  return lineFacts({ ...known, ...(isLonger ? await askRows(bus, known.line.id, whole, call) : rows) });
}

async function askRows(bus: Bus, line_id: string, { from, to }: Interval, call: Call): Promise<SourceRows> {
  const asked = { line_id, from: iso(from), to: iso(to) };
  const [made, stopped] = await Promise.all([
    pages((cursor) => bus.call(getProductionRows, { ...asked, ...cursor }, call)),
    pages((cursor) => bus.call(getDowntimeRows, { ...asked, ...cursor }, call)),
  ]);
  const of = <R>(items: readonly { kind: string; row: unknown }[], kind: string) =>
    items.filter((item) => item.kind === kind).map(({ row }) => row as R);
  return {
    batches: of<BatchRow>(made, 'batch'),
    counts: of<CountRow>(made, 'count'),
    scraps: of<ScrapRow>(made, 'scrap'),
    stops: of<DowntimeRow>(stopped, 'stop'),
    states: of<HeldState>(stopped, 'state'),
  };
}

async function pages<I>(
  ask: (cursor: { cursor?: string }) => Promise<{ items: I[]; next_cursor: string | null }>,
): Promise<I[]> {
  const items: I[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answered: { items: I[]; next_cursor: string | null } = await ask(cursor === null ? {} : { cursor });
    items.push(...answered.items);
    cursor = answered.next_cursor;
    if (cursor === null) return items;
  }
  throw Problem.field('from', `the window holds more than ${MOST_PAGES} pages of rows: ask for less time`);
}
