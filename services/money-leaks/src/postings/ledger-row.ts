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

/** The columns of the rows `t` in answers and announcements: money and minutes in the units of the model. */
export const LEAK_VIEW = `
  t.id, t.tenant_id, t.line_id, t.plant_id, t.batch_id, t.product_id, t.category, t.amount as amount_usd,
  t.quantity, coalesce(t.exact_unit_cost, t.unit_cost) as unit_cost, round(t.time_ms / 60000, 6) as time_minutes, t.hourly_cost,
  t.occurred_from, t.occurred_to, t.business_date, t.is_avoidable, t.description,
  t.source_type, t.source_id, t.cause_event_id, t.rule, t.rule_version, t.reverses_id,
  t.recorded_at, t.recorded_at as created_at, t.created_by`;

/** The columns of the table, and of these the decimals: as text, nothing of them is lost on the way. */
const COLUMNS: Record<keyof LedgerRow, '' | '::text'> = {
  id: '',
  tenant_id: '',
  line_id: '',
  plant_id: '',
  batch_id: '',
  product_id: '',
  category: '',
  amount: '::text',
  quantity: '::text',
  unit_cost: '::text',
  time_ms: '::text',
  hourly_cost: '::text',
  occurred_from: '',
  occurred_to: '',
  business_date: '',
  is_avoidable: '',
  description: '',
  source_type: '',
  source_id: '',
  cause_event_id: '',
  rule: '',
  rule_version: '',
  reverses_id: '',
  recorded_at: '',
  created_by: '',
};
export const LEDGER_NAMES = Object.keys(COLUMNS).join(', ');
/** The columns as the accounting compares them. */
export const LEDGER_COLUMNS = Object.entries(COLUMNS)
  .map(([name, type]) =>
    name === 'unit_cost' ? 'coalesce(exact_unit_cost, unit_cost)::text as unit_cost' : name + type,
  )
  .join(', ');

export function postedRow(row: LedgerRow): PostedRow {
  return {
    ...(row as unknown as PostedRow),
    time_ms: row.time_ms ?? '0',
    occurred_from: Date.parse(row.occurred_from),
    occurred_to: Date.parse(row.occurred_to),
  };
}

type Origin = {
  readonly tenant: string;
  readonly line: LineRow;
  readonly cause_event_id: string;
  readonly recorded_at: string;
};

/** The row that a posting or a reversal becomes. */
export function ledgerRow(
  posting: Posting | Reversal,
  { tenant, line, cause_event_id, recorded_at }: Origin,
): LedgerRow {
  return {
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
  };
}
