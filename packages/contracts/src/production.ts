/** What production made: batches, counts and scrap. */
import { z } from 'zod';
import { eventsOf, operationsOf } from './contract.ts';
import {
  byId,
  disposition,
  id,
  instant,
  listInput,
  listOutput,
  money,
  name,
  phase,
  positiveQuantity,
  quantity,
  reference,
  rowFields,
  text,
  windowFields,
} from './values.ts';

const { reads, writes } = operationsOf('production');
const { fact } = eventsOf('production');

// ---- batches
export const batchStatus = z.enum(['planned', 'running', 'completed', 'cancelled']);
const nullableQuantity = quantity.nullable();
const totals = {
  good_count: nullableQuantity,
  scrap_count: nullableQuantity,
  startup_scrap_count: nullableQuantity,
  rework_count: nullableQuantity,
  material_input: nullableQuantity,
};
export const batchRow = z.object({
  ...rowFields,
  batch_number: z.string(),
  line_id: id,
  product_id: id.nullable(),
  planned_quantity: nullableQuantity,
  planned_start: instant.nullable(),
  planned_end: instant.nullable(),
  status: batchStatus,
  started_at: instant.nullable(),
  completed_at: instant.nullable(),
  cancelled_at: instant.nullable(),
  cancellation_reason: z.string().nullable(),
  ...totals,
  operator: z.string().nullable(),
  notes: z.string().nullable(),
});
export type BatchRow = z.infer<typeof batchRow>;
const optionalTotals = z.object(totals).partial().shape;

export const planBatch = writes({
  name: 'plan-batch',
  role: 'operator',
  summary: 'Plan a batch on a line',
  output: batchRow,
  problems: ['already_exists'],
  input: z.strictObject({
    batch_number: reference,
    line_id: id,
    product_id: id.nullable().default(null),
    planned_quantity: nullableQuantity.default(null),
    planned_start: instant.nullable().default(null),
    planned_end: instant.nullable().default(null),
    operator: reference.nullable().default(null),
    notes: text.nullable().default(null),
  }),
});
export const startBatch = writes({
  name: 'start-batch',
  role: 'operator',
  summary: 'Start a planned batch',
  output: batchRow,
  problems: ['not_found', 'illegal_transition', 'overlap', 'stale_version'],
  input: z.strictObject({ id, started_at: instant.optional(), operator: reference.nullable().optional() }),
});
export const completeBatch = writes({
  name: 'complete-batch',
  role: 'operator',
  summary: 'Complete a running batch with its totals',
  output: batchRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id, completed_at: instant.optional(), ...optionalTotals, notes: text.nullable().optional() }),
});
export const cancelBatch = writes({
  name: 'cancel-batch',
  role: 'operator',
  summary: 'Cancel a planned or running batch',
  output: batchRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id, cancelled_at: instant.optional(), reason: text }),
});
export const getBatch = reads({
  name: 'get-batch',
  role: 'viewer',
  summary: 'One batch',
  input: byId,
  output: batchRow,
  problems: ['not_found'],
});
export const listBatches = reads({
  name: 'list-batches',
  role: 'viewer',
  summary: 'Batches',
  output: listOutput(batchRow),
  input: listInput({ line_id: id.optional(), product_id: id.optional(), status: batchStatus.optional(), ...windowFields }, ['created_at']),
});

export const batchStarted = fact('batch.started', batchRow, 'A batch began to run');
export const batchCompleted = fact('batch.completed', batchRow, 'A batch was completed');
export const batchCancelled = fact('batch.cancelled', batchRow, 'A batch was cancelled');

// ---- counts
export const countRow = z.object({
  ...rowFields,
  line_id: id,
  batch_id: id.nullable(),
  batch_number: z.string().nullable(),
  product_id: id.nullable(),
  at: instant,
  good: quantity,
  reject: quantity,
});
export type CountRow = z.infer<typeof countRow>;
export const logCount = writes({
  name: 'log-count',
  role: 'operator',
  summary: 'Log units made in a batch since the last count',
  output: countRow,
  problems: ['not_found', 'illegal_transition'],
  input: z.strictObject({ id, at: instant.optional(), good: quantity, reject: quantity.default(0) }),
});
export const listCounts = reads({
  name: 'list-counts',
  role: 'viewer',
  summary: 'Counts of a batch',
  input: listInput({ id, ...windowFields }, ['at']),
  output: listOutput(countRow),
  problems: ['not_found'],
});
export const countLogged = fact('count.logged', countRow, 'Units were counted');

// ---- scrap
export const scrapRow = z.object({
  ...rowFields,
  line_id: id,
  batch_id: id.nullable(),
  batch_number: z.string().nullable(),
  product_id: id.nullable(),
  at: instant,
  quantity,
  unit: z.string(),
  reason_code: z.string().nullable(),
  reason_category: z.string().nullable(),
  disposition,
  phase,
  unit_cost: money.nullable(),
  reported_by: z.string().nullable(),
  note: z.string().nullable(),
  voided_at: instant.nullable(),
  void_reason: z.string().nullable(),
});
export type ScrapRow = z.infer<typeof scrapRow>;
export const logScrap = writes({
  name: 'log-scrap',
  role: 'operator',
  summary: 'Log scrapped, reworked or downgraded units',
  output: scrapRow,
  input: z.strictObject({
    line_id: id,
    batch_id: id.nullable().default(null),
    product_id: id.nullable().default(null),
    at: instant.optional(),
    quantity: positiveQuantity,
    unit: reference.default('ea'),
    reason_code: reference.nullable().default(null),
    reason_category: reference.nullable().default(null),
    disposition: disposition.default('scrap'),
    phase: phase.default('production'),
    unit_cost: money.nullable().default(null),
    reported_by: reference.nullable().default(null),
    note: text.nullable().default(null),
  }),
});
export const voidScrap = writes({
  name: 'void-scrap',
  role: 'operator',
  summary: 'Take a scrap event back, with a reason',
  output: scrapRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id, reason: text }),
});
export const getScrap = reads({
  name: 'get-scrap',
  role: 'viewer',
  summary: 'One scrap event',
  input: byId,
  output: scrapRow,
  problems: ['not_found'],
});
export const listScrap = reads({
  name: 'list-scrap',
  role: 'viewer',
  summary: 'Scrap events',
  output: listOutput(scrapRow),
  input: listInput({ line_id: id.optional(), batch_id: id.optional(), product_id: id.optional(), ...windowFields }, ['at']),
});
export const scrapLogged = fact('scrap.logged', scrapRow, 'Units were scrapped, reworked or downgraded');
export const scrapVoided = fact('scrap.voided', scrapRow, 'A scrap event was taken back');

// ---- for the overview
export const productionFigures = z.object({
  lines: z.array(z.object({ id, name, plant_id: id, is_active: z.boolean() })),
  plants: z.array(z.object({ id, timezone: z.string() })),
  running_batches: z.int(),
  recent_scrap_events: z.int(),
});
export const getProductionFigures = reads({
  name: 'get-figures',
  role: 'viewer',
  summary: 'What the overview shows of production now: lines, running batches, scrap events of the last 24 hours',
  output: productionFigures,
  input: z.strictObject({ plant_id: id.optional(), line_id: id.optional() }),
});
