/** Valid rows as their owners announce them; a test names only what it is about. */
import type {
  BatchRow,
  CountRow,
  DowntimeRow,
  LineRow,
  MoneyLeakRow,
  PlantRow,
  ProductRow,
  ScrapRow,
  StateReport,
  TrialRow,
} from '@plantops/contracts';

/** A UUID that is easy to tell from others: 1 -> …000000000001. */
export const rowId = (n: number): string => `0190c0de-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
/** An instant of Monday 2026-03-02 in UTC: '08:00', '08:00:30'; a full instant stays as it is. */
export const at = (time: string): string => new Date(time.length > 8 ? time : `2026-03-02T${time}Z`).toISOString();

const stamps = {
  tenant_id: 'akron',
  version: 1,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  created_by: 'test',
  updated_by: 'test',
};
export const PLANT_ID = rowId(1);
export const LINE_ID = rowId(2);
export const PRODUCT_ID = rowId(3);

export const aPlant = (fields: Partial<PlantRow> = {}): PlantRow => ({
  ...stamps,
  id: PLANT_ID,
  code: 'AKR',
  name: 'Akron',
  timezone: 'UTC',
  address: null,
  calendars: [],
  ...fields,
});

export const aLine = (fields: Partial<LineRow> = {}): LineRow => {
  const price = { hourly_cost: 300, ideal_cycle_seconds: 30, micro_stop_seconds: 300 };
  const { hourly_cost, ideal_cycle_seconds, micro_stop_seconds } = { ...price, ...fields };
  const versions = [{ valid_from: null, hourly_cost, ideal_cycle_seconds, micro_stop_seconds }];
  return {
    ...stamps,
    ...price,
    id: LINE_ID,
    code: 'L1',
    plant_id: PLANT_ID,
    name: 'Line 1',
    is_active: true,
    target_oee: null,
    versions,
    ...fields,
  };
};

export const aProduct = (fields: Partial<ProductRow> = {}): ProductRow => {
  const costs = { unit_cost: 1, salvage_value: 0, cost_basis: 'full' as const, material_cost: null };
  const { unit_cost, salvage_value, cost_basis, material_cost } = { ...costs, ...fields };
  const versions = [{ valid_from: null, unit_cost, salvage_value, cost_basis, material_cost }];
  return { ...stamps, ...costs, id: PRODUCT_ID, code: 'P1', name: 'Product 1', unit: 'ea', versions, rates: [], ...fields };
};

/** A batch; its status follows from its times. */
export const aBatch = (fields: Partial<BatchRow> = {}): BatchRow => ({
  ...stamps,
  id: rowId(4),
  batch_number: 'B1',
  line_id: LINE_ID,
  product_id: PRODUCT_ID,
  planned_quantity: null,
  planned_start: null,
  planned_end: null,
  started_at: at('06:00'),
  completed_at: null,
  cancelled_at: null,
  cancellation_reason: null,
  good_count: null,
  scrap_count: null,
  startup_scrap_count: null,
  rework_count: null,
  material_input: null,
  operator: null,
  notes: null,
  status: fields.completed_at ? 'completed' : fields.cancelled_at ? 'cancelled' : 'running',
  ...fields,
});

export const aCount = (fields: Partial<CountRow> = {}): CountRow => ({
  ...stamps,
  id: rowId(5),
  line_id: LINE_ID,
  batch_id: rowId(4),
  batch_number: 'B1',
  product_id: PRODUCT_ID,
  at: at('08:00'),
  good: 100,
  reject: 0,
  voided_at: null,
  void_reason: null,
  ...fields,
});

export const aScrap = (fields: Partial<ScrapRow> = {}): ScrapRow => ({
  ...stamps,
  id: rowId(6),
  line_id: LINE_ID,
  batch_id: null,
  batch_number: null,
  product_id: PRODUCT_ID,
  at: at('08:00'),
  quantity: 8,
  unit: 'ea',
  reason_code: null,
  reason_category: null,
  disposition: 'scrap',
  phase: 'production',
  unit_cost: null,
  reported_by: null,
  note: null,
  voided_at: null,
  void_reason: null,
  ...fields,
});

/** A stop; its status and duration follow from its times. */
export const aStop = (fields: Partial<DowntimeRow> = {}): DowntimeRow => {
  const { start_time = at('08:00'), end_time = at('08:20') } = fields;
  return {
    ...stamps,
    id: rowId(7),
    line_id: LINE_ID,
    batch_id: null,
    batch_number: null,
    start_time,
    end_time,
    duration_minutes: end_time === null ? null : (Date.parse(end_time) - Date.parse(start_time)) / 60_000,
    status: end_time === null ? 'open' : 'ended',
    reason_category: 'mechanical',
    reason_code: null,
    description: null,
    root_cause: null,
    resolution: null,
    is_planned: false,
    is_micro_stop: false,
    phase: 'production',
    units_lost: null,
    reported_by: null,
    acknowledged_by: null,
    acknowledged_at: null,
    resolved_by: null,
    response_time_minutes: null,
    source: 'manual',
    external_id: null,
    is_overlapping: false,
    origin_id: null,
    is_excluded: false,
    is_failure: ['mechanical', 'electrical', 'controls'].includes(fields.reason_category ?? 'mechanical'),
    is_unavoidable: false,
    voided_at: null,
    void_reason: null,
    ...fields,
  };
};

export const aStateReport = (fields: Partial<StateReport> = {}): StateReport => ({
  id: rowId(8),
  line_id: LINE_ID,
  at: at('06:00'),
  state: 'running',
  reason_code: null,
  ...fields,
});

export const aTrial = (fields: Partial<TrialRow> = {}): TrialRow => ({
  ...stamps,
  id: rowId(9),
  trial_number: 'T-2026-0001',
  name: 'Slower is faster',
  description: null,
  hypothesis: null,
  plant_id: PLANT_ID,
  line_id: LINE_ID,
  batch_id: null,
  parameters: {},
  success_criteria: [],
  expected_outcome: null,
  planned_start: null,
  planned_end: null,
  status: 'planned',
  started_at: null,
  completed_at: null,
  cancelled_at: null,
  cancellation_reason: null,
  results: null,
  was_successful: null,
  observations: null,
  learnings: null,
  recommendations: null,
  suggested_by_ai: false,
  ai_suggestion_id: null,
  ...fields,
});

/** A posting of a stop's 20 minutes at 300 an hour. */
export const aLeak = (fields: Partial<MoneyLeakRow> = {}): MoneyLeakRow => ({
  id: rowId(10),
  tenant_id: 'akron',
  created_at: stamps.created_at,
  created_by: 'test',
  line_id: LINE_ID,
  plant_id: PLANT_ID,
  batch_id: null,
  product_id: null,
  category: 'downtime_loss',
  amount_usd: 100,
  quantity: null,
  unit_cost: null,
  time_minutes: 20,
  hourly_cost: 300,
  occurred_from: at('08:00'),
  occurred_to: at('08:20'),
  business_date: '2026-03-02',
  is_avoidable: true,
  description: null,
  source_type: 'downtime',
  source_id: rowId(7),
  cause_event_id: rowId(11),
  rule: 'stop',
  rule_version: 1,
  reverses_id: null,
  recorded_at: stamps.created_at,
  ...fields,
});
