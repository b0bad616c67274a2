/** A row of the ledger, in the table and on the wire. */
import type { PostedRow, Posting, Reversal } from '@plantops/accounting';
import type { LineRow, MoneyLeakRow } from '@plantops/contracts';
import { v7 as uuidv7 } from 'uuid';

/** As the table has it; decimals as text, so that nothing is lost on the way. */
export type LedgerRow = {
  id: string;
  tenant_id: string;
  line_id: string;
  plant_id: string;
  batch_id: string | null;
  product_id: string | null;
  category: MoneyLeakRow['category'];
  amount: string;
  quantity: string | null;
  unit_cost: string | null;
  time_ms: string | null;
  hourly_cost: string | null;
  occurred_from: string;
  occurred_to: string;
  business_date: string;
  is_avoidable: boolean;
  description: string | null;
  source_type: MoneyLeakRow['source_type'];
  source_id: string;
  cause_event_id: string;
  rule: string;
  rule_version: number;
  reverses_id: string | null;
  recorded_at: string;
  created_by: string;
};

/** What the rows are selected as to be answered or announced: money and minutes in the units of the model. */
export const LEAK_VIEW = `t.id, t.tenant_id, t.line_id, t.plant_id, t.batch_id, t.product_id, t.category, t.amount as amount_usd, t.quantity, t.unit_cost, round(t.time_ms / 60000, 6) as time_minutes, t.hourly_cost,
  t.occurred_from, t.occurred_to, t.business_date, t.is_avoidable, t.description, t.source_type, t.source_id, t.cause_event_id, t.rule, t.rule_version, t.reverses_id, t.recorded_at, t.recorded_at as created_at, t.created_by`;

/** A posting with what people have said of it: read from `LEAK_TABLE`. */
export const LEAK_TABLE = 'money_leak t left join money_leak_action a on a.money_leak_id = t.id';
/** Postings and reversals, and what people have said of the posting. Joined by columns alone: behind the wall of tenants no index serves an expression. */
export const netLeaks = (table = 'money_leak'): string =>
  `${table} t left join money_leak_action a on a.money_leak_id = t.id left join money_leak_action o on o.money_leak_id = t.reverses_id`;
export const NET_IS_AVOIDABLE = 'coalesce(case when t.reverses_id is null then a.is_avoidable else o.is_avoidable end, t.is_avoidable)';
export const LEAK_ANSWER = `${LEAK_VIEW.replace('t.is_avoidable', 'coalesce(a.is_avoidable, t.is_avoidable) as is_avoidable')}, a.action_taken,
  1 + coalesce(a.version, 0) as version, coalesce(a.updated_at, t.recorded_at) as updated_at, coalesce(a.updated_by, t.created_by) as updated_by`;

/** What the accounting compares: decimals as text. */
export const LEDGER_VIEW = `id, tenant_id, line_id, plant_id, batch_id, product_id, category, amount::text, quantity::text, unit_cost::text, time_ms::text, hourly_cost::text, occurred_from, occurred_to, business_date, is_avoidable, description,
  source_type, source_id, cause_event_id, rule, rule_version, reverses_id, recorded_at, created_by`;

export const postedRow = (row: LedgerRow): PostedRow => ({
  ...(row as unknown as PostedRow),
  time_ms: row.time_ms ?? '0',
  occurred_from: Date.parse(row.occurred_from),
  occurred_to: Date.parse(row.occurred_to),
});

type Origin = { readonly tenant: string; readonly line: LineRow; readonly cause_event_id: string; readonly recorded_at: string };

/** The row that a posting or a reversal becomes. */
export const ledgerRow = (posting: Posting | Reversal, { tenant, line, cause_event_id, recorded_at }: Origin): LedgerRow => ({
  id: uuidv7(),
  tenant_id: tenant,
  line_id: line.id,
  plant_id: line.plant_id,
  batch_id: posting.batch_id,
  product_id: posting.product_id,
  category: posting.category,
  amount: posting.amount,
  quantity: posting.quantity,
  unit_cost: posting.unit_cost,
  time_ms: posting.time_ms,
  hourly_cost: posting.hourly_cost,
  occurred_from: new Date(posting.occurred_from).toISOString(),
  occurred_to: new Date(posting.occurred_to).toISOString(),
  business_date: posting.business_date,
  is_avoidable: posting.is_avoidable,
  description: null,
  source_type: posting.source_type,
  source_id: posting.source_id,
  cause_event_id,
  rule: posting.rule,
  rule_version: posting.rule_version,
  reverses_id: 'reverses_id' in posting ? posting.reverses_id : null,
  recorded_at,
  created_by: 'service:money-leaks',
});
