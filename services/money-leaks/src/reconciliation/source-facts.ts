/** A line's facts as their owners' rows have them when asked: never from what was announced here. */
import type { Interval, LineFacts } from '@plantops/accounting';
import {
  getDowntimeRows,
  getProductionRows,
  Problem,
  type BatchRow,
  type CountRow,
  type DowntimeRow,
  type ScrapRow,
  type StateReport,
} from '@plantops/contracts';
import type { Bus, Call } from '@plantops/service-kit';
import { lineFacts, type KnownOfLine } from '../facts/line-facts.rules.ts';

type Rows = Pick<KnownOfLine, 'stops' | 'batches' | 'counts' | 'scraps' | 'states'>;
const MOST_PAGES = 100;

/** A window's figures depend on the whole of each batch and stop that touches it: asked for again, where those reach beyond it. */
export const sourceFacts = async (
  bus: Bus,
  known: Pick<KnownOfLine, 'line' | 'plant' | 'products' | 'trialBatches'>,
  window: Interval,
  call: Call,
): Promise<LineFacts> => {
  const rows = await rowsIn(bus, known.line.id, window, call);
  const hull = hullOf(rows, window);
  const whole = hull.from < window.from || hull.to > window.to ? await rowsIn(bus, known.line.id, hull, call) : rows;
  return lineFacts({ ...known, ...whole });
};

const hullOf = ({ stops, batches }: Rows, window: Interval): Interval => {
  const ms = (at: string | null | undefined) => (at === null || at === undefined ? undefined : Date.parse(at));
  const spans = [
    ...stops.map(({ start_time, end_time }) => ({ from: ms(start_time), to: ms(end_time) })),
    ...batches.map(({ started_at, completed_at, cancelled_at }) => ({ from: ms(started_at), to: ms(completed_at ?? cancelled_at) })),
  ];
  // Batches of another time come along where units of this one name them: they do not widen it.
  const touching = spans.filter(({ from = 0, to = Infinity }) => from < window.to && to > window.from);
  const times = touching.flatMap(({ from, to }) => [from ?? window.from, to ?? window.to]);
  return { from: Math.min(window.from, ...times), to: Math.max(window.to, ...times) };
};

const rowsIn = async (bus: Bus, line_id: string, { from, to }: Interval, call: Call): Promise<Rows> => {
  const asked = { line_id, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
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
    states: of<StateReport>(stopped, 'state'),
  };
};

const pages = async <I>(ask: (cursor: { cursor?: string }) => Promise<{ items: I[]; next_cursor: string | null }>): Promise<I[]> => {
  const items: I[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answered: { items: I[]; next_cursor: string | null } = await ask(cursor === null ? {} : { cursor });
    items.push(...answered.items);
    cursor = answered.next_cursor;
    if (cursor === null) return items;
  }
  throw Problem.field('from', `the window holds more than ${MOST_PAGES} pages of rows: ask for less time`);
};
