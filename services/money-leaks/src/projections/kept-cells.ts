/**
 * The cells of local days that are over, kept so that figures of long windows read no facts. Whoever asks for a day first keeps it; what
 * touches a day takes its cells away in the transaction that changes its facts. A day is kept whole or not at all.
 */
import { isOver, midnightOf, TERM_DECIMALS, TERM_TIMES, type Cell, type Flag, type Interval, type Terms } from '@plantops/accounting';
import type { Tx } from '@plantops/persistence';
import { unchangedLines, type KnownFacts } from '../facts/cached-facts.ts';
import type { LineWindow } from '../facts/load-facts.ts';
import { dayAfter, wholeDaysIn } from '../figures/windows.ts';

/** What terms are gathered by. Shifts of one name on different days are different shifts; days and months are those of the business date. */
export type Grouping = 'all' | 'line' | 'product' | 'shift' | 'day' | 'month';

/** Whole local days of a line, one after the other, both ends included. */
export type Days = { readonly line_id: string; readonly first: string; readonly last: string };

/** The kept days in each line's window up to now, as runs without a gap, in order. */
export const keptDays = async (tx: Tx, asked: readonly LineWindow[], now: number): Promise<Days[]> => {
  const whole = asked.flatMap(({ line, plant, window }) => {
    const { first, last } = wholeDaysIn(plant.timezone, { from: window.from, to: Math.min(window.to, now) });
    return first < last ? [{ line_id: line.id, first, last }] : [];
  });
  if (whole.length === 0) return [];
  return tx.query<Days>(
    `select line_id, min(local_date) as first, max(local_date) as last from (
       select line_id, local_date, local_date - (row_number() over (partition by line_id order by local_date))::integer as run from (
         select distinct c.line_id, c.local_date from unnest($2::uuid[], $3::date[], $4::date[]) as w(line_id, first, last)
         join line_cell c on c.tenant_id = $1 and c.line_id = w.line_id and c.local_date >= w.first and c.local_date < w.last) d) r
     group by line_id, run order by line_id, first`,
    [tx.tenant, ...columns(whole)],
  );
};

/** What a window holds beside the kept days of its line. */
export const gapsIn = ({ window, plant }: LineWindow, days: readonly Days[]): Interval[] => {
  const gaps: Interval[] = [];
  let { from } = window;
  for (const { first, last } of days) {
    gaps.push({ from, to: midnightOf(plant.timezone, first) });
    from = midnightOf(plant.timezone, dayAfter(last));
  }
  gaps.push({ from, to: window.to });
  return gaps.filter((gap) => gap.from < gap.to);
};

const columns = (days: readonly Days[]) => [
  days.map(({ line_id }) => line_id),
  days.map(({ first }) => first),
  days.map(({ last }) => last),
];
const GROUPS: Record<Grouping, string> = {
  all: 'null',
  line: 'c.line_id::text',
  product: 'c.product_id::text',
  shift: 'c.shift_key',
  day: 'c.business_date::text',
  month: "to_char(c.business_date, 'YYYY-MM')",
};
type SumRow = Omit<Terms, 'flags'> & { group: string | null; flags: string };
const SUMS = [
  ...TERM_TIMES.map((name) => `sum(c.${name})::bigint as ${name}`),
  ...TERM_DECIMALS.map((name) => `sum(c.${name})::text as ${name}`),
];

/** The terms of kept days by what they are grouped by; with a product, those of its cells alone. */
export const sumOfCells = async (
  tx: Tx,
  days: readonly Days[],
  by: Grouping,
  productId: string | undefined,
): Promise<[string | null, Terms][]> => {
  if (days.length === 0) return [];
  const rows = await tx.query<SumRow>(
    `select ${GROUPS[by]} as "group", ${SUMS.join(', ')}, string_agg(distinct c.flags, ',') as flags
     from unnest($2::uuid[], $3::date[], $4::date[]) as w(line_id, first, last)
     join line_cell c on c.tenant_id = $1 and c.line_id = w.line_id and c.local_date between w.first and w.last
     where $5::uuid is null or c.product_id = $5 group by 1`,
    [tx.tenant, ...columns(days), productId ?? null],
  );
  return rows.map(({ group, flags, ...terms }) => [
    group,
    { ...terms, flags: [...new Set(flags.split(','))].filter((flag) => flag !== '').sort() as Flag[] },
  ]);
};

/** Cells of a line as they were reckoned from its facts, for a span of its time. */
export type Reckoned = { readonly asked: LineWindow; readonly known: KnownFacts; readonly cells: readonly Cell[] };

/**
 * Keeps the days that are over. Only where nothing has changed the facts since they were read: their revision is what it was then, and
 * stays so until the cells are there; whoever changes a fact afterwards finds them and takes them away.
 */
export const keepCells = async (tx: Tx, reckoned: readonly Reckoned[], now: number): Promise<void> => {
  const over = reckoned.flatMap((one) => cellsOver(one, now).map((cell) => ({ ...cell, tenant_id: tx.tenant })));
  if (over.length === 0) return;
  const unchanged = await unchangedLines(
    tx,
    reckoned.map(({ asked, known }) => ({ line_id: asked.line.id, revision: known.revision })),
  );
  await tx.query('insert into line_cell select * from jsonb_populate_recordset(null::line_cell, $1::jsonb) on conflict do nothing', [
    JSON.stringify(over.filter(({ line_id }) => unchanged.has(line_id))),
  ]);
};

const cellsOver = ({ asked: { line, plant, window }, known, cells }: Reckoned, now: number) => {
  const { first, last } = wholeDaysIn(plant.timezone, { from: window.from, to: Math.min(window.to, now) });
  const startOf = (date: string) => midnightOf(plant.timezone, date);
  const dates = [...new Set(cells.map(({ local_date }) => local_date))].filter((date) => date >= first && date < last);
  const over = new Set(dates.filter((date) => isOver(known.facts, { from: startOf(date), to: startOf(dayAfter(date)) }, now)));
  return cells
    .filter(({ local_date }) => over.has(local_date))
    .map(({ terms, local_date, shift_key, batch_id, product_id, business_date }) => {
      const cell = { line_id: line.id, local_date, shift_key, batch_id, product_id, business_date };
      return { ...cell, ...terms, flags: terms.flags.join(',') };
    });
};
