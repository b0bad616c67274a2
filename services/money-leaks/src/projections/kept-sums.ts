/**
 * The sums of the ledger by the plant's local day and month, kept in the transaction that appends: of each line by
 * product, source and rule, and of the plant as a whole. Reports add these up, however long the history is.
 */
import type { Tx } from '@plantops/persistence';
import type { PlantWindow } from '../facts/rows.rules.ts';
import { cutAt, partsOf, type Sum, type WindowParts } from './kept-sums.rules.ts';
import { NET_IS_AVOIDABLE, netLeaks } from './net-leaks.ts';

/**
 * Adds what the postings of a condition amount to, times `$2`, in the order of the key: two copies never wait for each
 * other's rows.
 */
const adding = (condition: string) => `
  with t as (
    select t.*, (t.occurred_from at time zone coalesce(p.data->>'timezone', 'UTC'))::date as local_date,
      ${NET_IS_AVOIDABLE} as avoids
    from ${netLeaks()}
    left join master p on p.tenant_id = t.tenant_id and p.kind = 'plant' and p.id = t.plant_id
    where t.tenant_id = $1 and ${condition}),
  g as (
    select t.*, g.grain, g.of_line,
      case g.grain when 'day' then t.local_date else date_trunc('month', t.local_date)::date end as began
    from t
    cross join (values ('day', true), ('month', true), ('day', false), ('month', false)) as g(grain, of_line)),
  k as (
    select plant_id, grain, began, category,
      case when of_line then line_id end as line_id,
      case grain when 'day' then business_date end as business_date,
      case when of_line then source_type end as source_type,
      case when of_line then rule end as rule,
      case when of_line then product_id end as product_id,
      amount,
      case when avoids then amount else 0 end as avoidable,
      case when reverses_id is null then 1 else -1 end as count
    from g)
  insert into leak_sum as s (
    tenant_id, plant_id, grain, line_id, began, business_date, category, source_type, rule, product_id,
    amount, avoidable, count)
  select
    $1, plant_id, grain, line_id, began, business_date, category, source_type, rule, product_id,
    $2 * sum(amount), $2 * sum(avoidable), $2 * sum(count)
  from k
  group by plant_id, grain, line_id, began, business_date, category, source_type, rule, product_id
  order by plant_id, grain, line_id, began, business_date, category, source_type, rule, product_id
  on conflict on constraint leak_sum_key do update
  set amount = s.amount + excluded.amount,
      avoidable = s.avoidable + excluded.avoidable,
      count = s.count + excluded.count`;

/** Adds postings to the sums or, with -1, takes them out. */
export async function apply(tx: Tx, ids: readonly string[], times: 1 | -1 = 1): Promise<void> {
  await tx.query(adding('t.id = any($3::uuid[])'), [tx.tenant, times, ids]);
}

/** Adds up a plant's sums again: its days begin at another hour now. */
export async function rebuild(tx: Tx, plantId: string): Promise<void> {
  await tx.query('delete from leak_sum where tenant_id = $1 and plant_id = $2', [tx.tenant, plantId]);
  await tx.query(adding('t.plant_id = $3'), [tx.tenant, 1, plantId]);
}

/** Of which postings, as they were recorded by `as_of`. */
export type Scope = {
  readonly line_id?: string | undefined;
  readonly product_id?: string | undefined;
  readonly as_of?: string | undefined;
};
/** What the sums are grouped by, besides their category. */
export type By = { readonly line?: true; readonly day?: true; readonly source?: true };

/**
 * What is recorded so long after it occurred has an index of its own; all else occurred around the instant it was
 * recorded, or later.
 */
const LATE = "interval '48 hours'";
const IS_LATE = `(t.recorded_at - t.occurred_from > ${LATE})`;

/**
 * The sums of the net postings that occurred in the windows. Whether a loss could have been avoided is what people said
 * last, also for reports as of an instant.
 */
export function read(
  tx: Tx,
  windows: readonly PlantWindow[],
  { line_id, product_id, as_of }: Scope,
  by: By = {},
): Promise<Sum[]> {
  const parts = windows.map((window) => partsOf(cutAt(as_of, window), by.day === true));
  const values: unknown[] = [
    tx.tenant,
    parts.map(({ plant_id }) => plant_id),
    parts.flatMap(instantsOf),
    parts.flatMap(datesOf),
  ];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const scope = ['true'];
  if (line_id !== undefined) scope.push(`t.line_id = ${bind(line_id)}`);
  if (product_id !== undefined) scope.push(`t.product_id = ${bind(product_id)}`);
  const known = as_of === undefined ? undefined : bind(as_of);
  const ofLines = scope.length > 1 || by.line === true || by.source === true;
  const ofDays = [...scope, ofLines ? 't.line_id is not null' : 't.line_id is null'].join(' and ');
  const ofRows = scope.join(' and ');
  const sums = [
    ...ofKeptSums(by, ofDays),
    ...ofPostings(by, ofRows, parts, known),
    ...(known === undefined ? [] : notYetKnown(by, ofRows, known)),
  ];
  const late =
    known === undefined
      ? ''
      : `late as materialized (
       select * from money_leak t
       where t.tenant_id = $1 and t.plant_id = any($2::uuid[])
         and t.recorded_at > ${known} and ${IS_LATE}),
     `;
  return tx.query<Sum>(
    `with w as materialized (
       select plant_id,
         ($3::timestamptz[])[n] as since,
         ($3::timestamptz[])[n + 1] as days_since,
         ($3::timestamptz[])[n + 2] as days_until,
         ($3::timestamptz[])[n + 3] as until,
         ($4::date[])[n] as first_day,
         ($4::date[])[n + 1] as first_month,
         ($4::date[])[n + 2] as last_month,
         ($4::date[])[n + 3] as last_day
       from unnest($2::uuid[]) with ordinality as p(plant_id, place)
       cross join lateral (select 4 * place - 3 as n) first),
     ${late}t as (${sums.join('\n       union all')})
     select category, line_id, business_date, source_type, rule,
       sum(amount)::text as total, sum(avoidable)::text as avoidable, sum(count)::integer as count
     from t
     group by category, line_id, business_date, source_type, rule`,
    values,
  );
}

/**
 * Four instants and four dates of each window, one window after the other: the planner knows from an array how many
 * windows there are.
 */
const instantsOf = ({ since, days_since, days_until, until }: WindowParts) => [since, days_since, days_until, until];
const datesOf = ({ first_day, first_month, last_month, last_day }: WindowParts) => [
  first_day,
  first_month,
  last_month,
  last_day,
];

const keysOf = ({ line, day, source }: By): string => `
         t.category,
         ${line ? 't.line_id' : 'null'} as line_id,
         ${day ? 't.business_date' : 'null'} as business_date,
         ${source ? 't.source_type' : 'null'} as source_type,
         ${source ? 't.rule' : 'null'} as rule`;

type Bound = keyof WindowParts;

/** The kept sums of the windows' whole months, and of the days before and after those. */
function ofKeptSums(by: By, condition: string): string[] {
  const from = (grain: 'day' | 'month', since: Bound, until: Bound) => `
       select ${keysOf(by)},
         t.amount, t.avoidable, t.count
       from w
       join leak_sum t
         on t.tenant_id = $1 and t.plant_id = w.plant_id and t.grain = '${grain}'
         and t.began >= w.${since} and t.began < w.${until}
       where ${condition}`;
  return [
    from('day', 'first_day', 'first_month'),
    from('month', 'first_month', 'last_month'),
    from('day', 'last_month', 'last_day'),
  ];
}

/** The postings before and after the windows' whole days. */
function ofPostings(by: By, condition: string, parts: readonly WindowParts[], known: string | undefined): string[] {
  const recorded = known === undefined ? condition : `${condition} and t.recorded_at <= ${known}`;
  return [
    ...(parts.some(({ since, days_since }) => since < days_since)
      ? [rowsIn(by, '', 'money_leak', ['since', 'days_since'], recorded)]
      : []),
    ...(parts.some(({ days_until, until }) => days_until < until)
      ? [rowsIn(by, '', 'money_leak', ['days_until', 'until'], recorded)]
      : []),
  ];
}

/** What the kept sums hold and nobody knew yet at an instant, to be taken off. */
function notYetKnown(by: By, condition: string, known: string): string[] {
  const soonAfter = `t.occurred_from >= ${known}::timestamptz - ${LATE} and t.recorded_at > ${known} and not ${IS_LATE}`;
  return [
    rowsIn(by, '-', 'money_leak', ['days_since', 'days_until'], `${condition} and ${soonAfter}`),
    rowsIn(by, '-', 'late', ['days_since', 'days_until'], condition),
  ];
}

/** Postings window by window: joined all at once, the planner would rather read every posting there is. */
function rowsIn(
  by: By,
  sign: '' | '-',
  table: 'money_leak' | 'late',
  [since, until]: readonly [Bound, Bound],
  condition: string,
): string {
  return `
       select r.*
       from w
       cross join lateral (
         select ${keysOf(by)},
           ${sign}t.amount as amount,
           ${sign}case when ${NET_IS_AVOIDABLE} then t.amount else 0 end as avoidable,
           ${sign}case when t.reverses_id is null then 1 else -1 end as count
         from ${netLeaks(table)}
         where t.tenant_id = $1 and t.plant_id = w.plant_id
           and t.occurred_from >= w.${since} and t.occurred_from < w.${until} and ${condition}
         offset 0) r`;
}
