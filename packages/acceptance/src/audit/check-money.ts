/** Checks the ledger row by row, and its sums: by category, by line, by day, and of the previous window. */
import { Fraction } from './fraction.ts';
import { inMinutes, sharesOf, type Findings } from './findings.ts';
import type { Posting } from './posting.ts';
import { titleOf, windowQuery, type Ask, type Recomputed, type Scope } from './recomputed.ts';
import type { Window } from './terms.ts';

type Row = {
  id: string;
  reverses_id: string | null;
  line_id: string;
  source_id: string;
  batch_id: string | null;
  product_id: string | null;
  category: string;
  amount_usd: number;
  time_minutes: number | null;
  occurred_from: string;
  business_date: string;
  is_avoidable: boolean;
};
type Share = { total: number; percentage: number | null };
type Category = Share & { category: string; count: number; avoidable_total: number };
type Overview = {
  total_amount_usd: number;
  previous_total_amount_usd: number;
  by_category: Category[];
  top_lines: (Share & { line_id: string })[];
  by_day: { business_date: string; total: number }[];
  avoidable_total: number;
};

export const sumOf = (postings: readonly Posting[]): Fraction => Fraction.sum(postings.map(({ amount }) => amount));
const avoidable = (postings: readonly Posting[]): Fraction => sumOf(postings.filter(({ isAvoidable }) => isAvoidable));
const groupsBy = (postings: readonly Posting[], keyOf: (row: Posting) => string) => [...Map.groupBy(postings, keyOf)];

async function allRows(ask: Ask, query: Record<string, string>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: { items: Row[]; next_cursor: string | null } = await ask('/money-leaks', {
      ...query,
      limit: '500',
      ...(cursor === undefined ? {} : { cursor }),
    });
    rows.push(...page.items);
    cursor = page.next_cursor;
  }
  return rows;
}

const MINUTES_APART = 1e-4;

/** Compares each row that is not reversed, by source and time: amount, minutes and day. There must be no other rows. */
export async function checkRows(
  ask: Ask,
  known: Recomputed,
  findings: Findings,
  line_id: string,
  window: Window,
): Promise<void> {
  const rows = await allRows(ask, { line_id, ...windowQuery(window) });
  const reversed = new Set(rows.flatMap(({ reverses_id }) => reverses_id ?? []));
  const standing = rows.filter(({ id, reverses_id }) => reverses_id === null && !reversed.has(id));
  const shown = standing.map((row) => ({
    key: [
      row.source_id,
      row.category,
      row.occurred_from,
      row.amount_usd.toFixed(4),
      row.business_date,
      row.is_avoidable,
      row.batch_id,
      row.product_id,
    ].join(' '),
    minutes: row.time_minutes ?? 0,
  }));
  const expected = known.postingsIn({ line_id }, window).map((row) => ({
    key: [
      row.source_id,
      row.category,
      new Date(row.occurred).toISOString(),
      row.amount.toNumber().toFixed(4),
      row.businessDate,
      row.isAvoidable,
      row.batch_id,
      row.product_id,
    ].join(' '),
    minutes: inMinutes(row.timeMs).toNumber(),
  }));
  const what = titleOf('ledger', { line_id }, window);
  findings.compared += expected.length;
  // The ledger shows minutes with six decimals, so they are compared with a tolerance.
  const left = [...expected];
  for (const row of shown) {
    const index = left.findIndex(
      ({ key, minutes }) => key === row.key && Math.abs(minutes - row.minutes) < MINUTES_APART,
    );
    if (index < 0) findings.same(`${what}: a row`, `${row.key} ${row.minutes}`, 'none');
    else left.splice(index, 1);
  }
  for (const row of left) findings.same(`${what}: a row`, 'none', `${row.key} ${row.minutes}`);
  findings.same(`${what}: rows`, shown.length, expected.length);
  for (const name of ['category', 'business_date'] as const) {
    const mine = (row: Posting) => (name === 'category' ? row.category : row.businessDate);
    for (const [key, of] of groupsBy(known.postingsIn({ line_id }, window), mine))
      findings.number(
        `${what}: ${key}`,
        Fraction.sum(standing.filter((row) => row[name] === key).map((row) => Fraction.of(row.amount_usd))).toNumber(),
        sumOf(of),
        4,
      );
  }
}

function compareShares(findings: Findings, what: string, shown: readonly Share[], decimals: number): void {
  const shares = sharesOf(
    shown.map(({ total }) => Fraction.of(total)),
    decimals,
  );
  for (const [index, { percentage }] of shown.entries())
    findings.number(`${what} share ${index}`, percentage, shares[index] ?? null);
}

function compareCategories(
  findings: Findings,
  what: string,
  shown: readonly Category[],
  postings: readonly Posting[],
): void {
  const groups = new Map(groupsBy(postings, ({ category }) => category));
  findings.same(`${what} categories`, shown.map(({ category }) => category).sort(), [...groups.keys()].sort());
  for (const { category, total, count, avoidable_total } of shown) {
    const of = groups.get(category) ?? [];
    findings.cents(`${what} ${category}`, total, sumOf(of));
    findings.cents(`${what} ${category} avoidable`, avoidable_total, avoidable(of));
    findings.same(`${what} ${category} count`, count, of.length);
  }
  compareShares(findings, what, shown, 2);
}

export async function checkMoney(
  ask: Ask,
  known: Recomputed,
  findings: Findings,
  scope: Scope,
  window: Window,
): Promise<void> {
  const postings = known.postingsIn(scope, window);
  const byCategory = await ask<{ items: Category[] }>('/money-leaks/by-category', { ...scope, ...windowQuery(window) });
  compareCategories(findings, titleOf('by category', scope, window), byCategory.items, postings);

  const what = titleOf('money overview', scope, window);
  const shown = await ask<Overview>('/money-leaks/overview', { ...scope, ...windowQuery(window) });
  compareCategories(findings, what, shown.by_category, postings);
  findings.cents(`${what} total`, shown.total_amount_usd, sumOf(postings));
  findings.cents(`${what} avoidable`, shown.avoidable_total, avoidable(postings));
  const before = { from: window.from - (window.to - window.from), to: window.from };
  findings.cents(`${what} before`, shown.previous_total_amount_usd, sumOf(known.postingsIn(scope, before)));
  const lines = new Set([...shown.top_lines, ...postings].map(({ line_id }) => line_id));
  for (const line of lines) {
    const of = postings.filter(({ line_id }) => line_id === line);
    findings.cents(`${what} line ${line}`, shown.top_lines.find(({ line_id }) => line_id === line)?.total, sumOf(of));
  }
  compareShares(findings, `${what} lines`, shown.top_lines, 2);
  // A day or line whose rows are all reversed may be listed, with 0.
  for (const { business_date, total } of shown.by_day)
    findings.cents(
      `${what} ${business_date}`,
      total,
      sumOf(postings.filter(({ businessDate }) => businessDate === business_date)),
    );
  const named = new Set(shown.by_day.map(({ business_date }) => business_date));
  findings.same(`${what} days`, postings.filter(({ businessDate }) => !named.has(businessDate)).length, 0);
}
