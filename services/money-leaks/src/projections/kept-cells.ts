/**
 * The cells of local days that are over, kept so that figures of long windows read no facts. The first question about a
 * day keeps its cells; a change of its facts deletes them in the same transaction. A day is kept whole or not at all.
 */
import { isOver, midnightOf, TERM_DECIMALS, TERM_TIMES, type Cell, type Flag, type Terms } from '@plantops/accounting';
import type { Tx } from '@plantops/persistence';
import type { CachedFacts } from '../facts/cached-facts.ts';
import { dayAfter, wholeDaysIn } from '../facts/days.rules.ts';
import { iso, MS_PER_DAY, type LineInterval } from '../facts/intervals.rules.ts';
import { unchangedLines } from '../facts/line-revisions.ts';
import type { LineWindow } from '../facts/rows.rules.ts';
import type { Days } from './kept-days.rules.ts';

/**
 * What terms are grouped by. Shifts of one name on different days are different shifts; days and months are those of
 * the business date.
 */
export type Grouping = 'all' | 'line' | 'product' | 'shift' | 'day' | 'month';

const COLUMNS = [
  'tenant_id, line_id, local_date, shift_key, batch_id, product_id, business_date',
  ...TERM_TIMES,
  ...TERM_DECIMALS,
  'flags',
].join(', ');

/** Cells of a line as they were computed from its facts, for an interval of it. */
export type Computed = { readonly asked: LineWindow; readonly cached: CachedFacts; readonly cells: readonly Cell[] };

/**
 * Keeps the days that are over, unless the facts of their line have changed since they were read. The line's revision
 * stays what it is until the cells are stored: a later change finds and deletes them.
 */
export async function apply(tx: Tx, computed: readonly Computed[], now: number): Promise<void> {
  const over = computed.flatMap((one) => cellsOver(one, now).map((cell) => ({ ...cell, tenant_id: tx.tenant })));
  if (over.length === 0) return;
  const unchanged = await unchangedLines(
    tx,
    computed.map(({ asked, cached }) => ({ line_id: asked.line.id, revision: cached.revision })),
  );
  await tx.query(
    `insert into line_cell (${COLUMNS})
     select ${COLUMNS} from jsonb_populate_recordset(null::line_cell, $1::jsonb)
     on conflict do nothing`,
    [JSON.stringify(over.filter(({ line_id }) => unchanged.has(line_id)))],
  );
}

function cellsOver({ asked: { line, plant, window }, cached, cells }: Computed, now: number) {
  const { first, last } = wholeDaysIn(plant.timezone, { from: window.from, to: Math.min(window.to, now) });
  const startOf = (date: string) => midnightOf(plant.timezone, date);
  const dates = [...new Set(cells.map(({ local_date }) => local_date))].filter((date) => date >= first && date < last);
  const over = new Set(
    dates.filter((date) => isOver(cached.facts, { from: startOf(date), to: startOf(dayAfter(date)) }, now)),
  );
  return cells
    .filter(({ local_date }) => over.has(local_date))
    .map(({ terms, local_date, shift_key, batch_id, product_id, business_date }) => {
      const cell = { line_id: line.id, local_date, shift_key, batch_id, product_id, business_date };
      return { ...cell, ...terms, flags: terms.flags.join(',') };
    });
}

/**
 * Deletes the cells of all days that intervals of lines may overlap: local days lie within a day of those of UTC, and
 * the shift of what names no batch within one more.
 */
export async function forget(
  tx: Tx,
  intervals: readonly (LineInterval & { readonly is_loose: boolean })[],
): Promise<void> {
  // The dates are computed here: behind row-level security an index serves plain columns only.
  const dateOf = (at: number, days: number) => iso(at + days * MS_PER_DAY).slice(0, 10);
  await tx.query(
    `delete from line_cell c
     using unnest($2::uuid[], $3::date[], $4::date[]) as d(line_id, first, last)
     where c.tenant_id = $1 and c.line_id = d.line_id and c.local_date >= d.first and c.local_date <= d.last`,
    [
      tx.tenant,
      intervals.map(({ line_id }) => line_id),
      intervals.map(({ interval, is_loose }) => dateOf(interval.from, is_loose ? -2 : -1)),
      intervals.map(({ interval, is_loose }) => dateOf(interval.to, is_loose ? 2 : 1)),
    ],
  );
}

/** Deletes the cells of lines from an instant on: their calendar, cycle or threshold has changed from there. */
export async function forgetSince(tx: Tx, lineIds: readonly string[], since: string): Promise<void> {
  await tx.query(
    `delete from line_cell
     where tenant_id = $1 and line_id = any($2::uuid[])
       and local_date >= ($3::timestamptz at time zone 'UTC')::date - 2`,
    [tx.tenant, lineIds, since],
  );
}

/** The kept days in each line's window up to now, as runs without a gap, in order. */
export async function readDays(tx: Tx, asked: readonly LineWindow[], now: number): Promise<Days[]> {
  const whole = asked.flatMap(({ line, plant, window }) => {
    const { first, last } = wholeDaysIn(plant.timezone, { from: window.from, to: Math.min(window.to, now) });
    return first < last ? [{ line_id: line.id, first, last }] : [];
  });
  if (whole.length === 0) return [];
  return tx.query<Days>(
    `select line_id, min(local_date) as first, max(local_date) as last
     from (
       select line_id, local_date,
         local_date - (row_number() over (partition by line_id order by local_date))::integer as run
       from (
         select distinct c.line_id, c.local_date
         from unnest($2::uuid[], $3::date[], $4::date[]) as d(line_id, first, last)
         join line_cell c
           on c.tenant_id = $1 and c.line_id = d.line_id and c.local_date >= d.first and c.local_date < d.last) kept) runs
     group by line_id, run
     order by line_id, first`,
    [tx.tenant, ...columnsOf(whole)],
  );
}

function columnsOf(days: readonly Days[]): [string[], string[], string[]] {
  return [days.map(({ line_id }) => line_id), days.map(({ first }) => first), days.map(({ last }) => last)];
}

const GROUPS: Record<Grouping, string> = {
  all: 'null',
  line: 'c.line_id::text',
  product: 'c.product_id::text',
  shift: 'c.shift_key',
  day: 'c.business_date::text',
  month: "to_char(c.business_date, 'YYYY-MM')",
};
const SUMS = [
  ...TERM_TIMES.map((name) => `sum(c.${name})::bigint as ${name}`),
  ...TERM_DECIMALS.map((name) => `sum(c.${name})::text as ${name}`),
].join(',\n       ');
type SumRow = Omit<Terms, 'flags'> & { group: string | null; flags: string };

/** The terms of kept days by group; with a product, those of its cells only. */
export async function readSums(
  tx: Tx,
  days: readonly Days[],
  by: Grouping,
  productId: string | undefined,
): Promise<[string | null, Terms][]> {
  if (days.length === 0) return [];
  const rows = await tx.query<SumRow>(
    `select ${GROUPS[by]} as "group",
       ${SUMS},
       string_agg(distinct c.flags, ',') as flags
     from unnest($2::uuid[], $3::date[], $4::date[]) as d(line_id, first, last)
     join line_cell c
       on c.tenant_id = $1 and c.line_id = d.line_id and c.local_date between d.first and d.last
     where $5::uuid is null or c.product_id = $5
     group by 1`,
    [tx.tenant, ...columnsOf(days), productId ?? null],
  );
  return rows.map(({ group, flags, ...terms }) => [
    group,
    { ...terms, flags: [...new Set(flags.split(','))].filter((flag) => flag !== '').sort() as Flag[] },
  ]);
}
