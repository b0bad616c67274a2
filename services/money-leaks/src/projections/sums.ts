/** Sums of the ledger over windows of plants, from the kept ones: whole months, whole days, and postings for what is left of the window. */
import { midnightOf } from '@plantops/accounting';
import type { LeakCategory } from '@plantops/contracts';
import type { Tx } from '@plantops/persistence';
import { NET_IS_AVOIDABLE, netLeaks } from '../postings/ledger-row.ts';
import { wholeDaysIn, type PlantWindow } from '../figures/windows.ts';

export type Scope = {
  readonly line_id?: string | undefined;
  readonly product_id?: string | undefined;
  readonly as_of?: string | undefined;
};
/** What the sums are told apart by, besides their category. */
export type By = { readonly line?: true; readonly day?: true; readonly source?: true };
export type Sum = {
  category: LeakCategory;
  line_id: string | null;
  business_date: string | null;
  source_type: string | null;
  rule: string | null;
  total: string;
  avoidable: string;
  count: number;
};

/**
 * The net postings of the windows, as they were known at `as_of`. A row belongs to the window it occurred in. Where people have said
 * otherwise of a posting than the ledger, whether it could have been avoided is theirs to say.
 */
export const sumsOf = (tx: Tx, windows: readonly PlantWindow[], { line_id, product_id, as_of }: Scope, by: By = {}): Promise<Sum[]> => {
  const parts = windows.map((window) => partsOf(cutAt(as_of, window), by));
  const values: unknown[] = [tx.tenant, ...COLUMNS.map((column) => parts.map((part) => part[column]))];
  const bound = (value: unknown) => `$${values.push(value)}`;
  const of = [
    ...(line_id === undefined ? [] : [`t.line_id = ${bound(line_id)}`]),
    ...(product_id === undefined ? [] : [`t.product_id = ${bound(product_id)}`]),
  ];
  const ofLines = of.length > 0 || by.line === true || by.source === true;
  const kept = ['true', ...of, ofLines ? 't.line_id is not null' : 't.line_id is null'].join(' and ');
  const known = as_of === undefined ? undefined : bound(as_of);
  const rows = ['true', ...of].join(' and ');
  const keys = `t.category, ${by.line ? 't.line_id' : 'null'} as line_id, ${by.day ? 't.business_date' : 'null'} as business_date, ${by.source ? 't.source_type, t.rule' : 'null as source_type, null as rule'}`;
  const ofKept = (grain: 'day' | 'month', from: string, to: string) => `
    select ${keys}, t.amount, t.avoidable, t.count from w join leak_sum t on t.tenant_id = $1 and t.plant_id = w.plant_id and t.grain = '${grain}' and t.began >= w.${from} and t.began < w.${to} where ${kept}`;
  // Window by window: joined all at once, the planner would rather read every posting there is.
  const ofRows = (sign: '' | '-', table: 'money_leak' | 'late', from: string, to: string, condition: string) => `
    select r.* from w cross join lateral (
      select ${keys}, ${sign}t.amount, ${sign}case when ${NET_IS_AVOIDABLE} then t.amount else 0 end, ${sign}case when t.reverses_id is null then 1 else -1 end
      from ${netLeaks(table)}
      where t.tenant_id = $1 and t.plant_id = w.plant_id and t.occurred_from >= w.${from} and t.occurred_from < w.${to} and ${rows}${condition} offset 0) r`;
  const upToKnown = known === undefined ? '' : ` and t.recorded_at <= ${known}`;
  const arms = [
    ofKept('day', 'first_day', 'first_month'),
    ofKept('month', 'first_month', 'last_month'),
    ofKept('day', 'last_month', 'last_day'),
    ...(parts.some(({ since, days_since }) => since < days_since) ? [ofRows('', 'money_leak', 'since', 'days_since', upToKnown)] : []),
    ...(parts.some(({ days_until, until }) => days_until < until) ? [ofRows('', 'money_leak', 'days_until', 'until', upToKnown)] : []),
    ...(known === undefined
      ? []
      : [
          ofRows(
            '-',
            'money_leak',
            'days_since',
            'days_until',
            ` and t.occurred_from >= ${known}::timestamptz - ${LATE} and t.recorded_at > ${known} and not ${IS_LATE}`,
          ),
          ofRows('-', 'late', 'days_since', 'days_until', ''),
        ]),
  ];
  return tx.query<Sum>(
    `with w as (select * from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::date[], $8::date[], $9::date[], $10::date[]) as w(${COLUMNS.join(', ')})),
          ${known === undefined ? '' : `late as materialized (select * from money_leak t where t.tenant_id = $1 and t.plant_id = any($2::uuid[]) and t.recorded_at > ${known} and ${IS_LATE}),`}
          t as (${arms.join(' union all ')})
     select category, line_id, business_date, source_type, rule, sum(amount)::text as total, sum(avoidable)::text as avoidable, sum(count)::integer as count
     from t group by category, line_id, business_date, source_type, rule`,
    values,
  );
};

/** What is recorded so long after it occurred has an index of its own: everything else that came after an instant occurred around it or later. */
const LATE = "interval '48 hours'";
const IS_LATE = `(t.recorded_at - t.occurred_from > ${LATE})`;

const DAY_MS = 86_400_000;
/** Nothing is recorded before it occurs: what lay a day ahead of an instant was not known then. */
const cutAt = (as_of: string | undefined, window: PlantWindow): PlantWindow =>
  as_of === undefined ? window : { ...window, to: Math.max(window.from, Math.min(window.to, Date.parse(as_of) + DAY_MS)) };

const COLUMNS = ['plant_id', 'since', 'days_since', 'days_until', 'until', 'first_day', 'first_month', 'last_month', 'last_day'] as const;

/** A window in whole local days and months of the plant, and what is left of it before and after them. */
const partsOf = ({ plant_id, timezone, from, to }: PlantWindow, { day }: By): Record<(typeof COLUMNS)[number], string> => {
  const iso = (at: number) => new Date(at).toISOString();
  const { first, last } = wholeDaysIn(timezone, { from, to });
  if (first >= last) return { plant_id, since: iso(from), days_since: iso(to), days_until: iso(to), until: iso(to), ...noDays(first) };
  const whole = {
    since: iso(from),
    days_since: iso(midnightOf(timezone, first)),
    days_until: iso(midnightOf(timezone, last)),
    until: iso(to),
  };
  const [first_month, last_month] = [monthFrom(first), `${last.slice(0, 7)}-01`];
  const months = day === undefined && first_month < last_month ? { first_month, last_month } : { first_month: last, last_month: last };
  return { plant_id, ...whole, first_day: first, ...months, last_day: last };
};
const noDays = (date: string) => ({ first_day: date, first_month: date, last_month: date, last_day: date });

/** The first of the month that begins on a date or after it. */
const monthFrom = (date: string): string => {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  return new Date(Date.UTC(year, day === 1 ? month - 1 : month, 1)).toISOString().slice(0, 10);
};
