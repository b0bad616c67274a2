/** Batches and the units counted in them. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, counted, id, instant, listInput, listOutput, quantity, reference, rowFields, text, windowFields } from '../values.ts';

const { reads, writes } = operationsOf('production');
const { fact } = eventsOf('production');

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
export const updateBatch = writes({
  name: 'update-batch',
  role: 'operator',
  summary: 'Change the fields named: the plan before its start, times and totals of what has run, those of a completed batch, too',
  output: batchRow,
  problems: ['not_found', 'illegal_transition', 'already_exists', 'overlap', 'stale_version'],
  input: z.strictObject({
    id,
    batch_number: reference.optional(),
    product_id: id.nullable().optional(),
    planned_quantity: nullableQuantity.optional(),
    planned_start: instant.nullable().optional(),
    planned_end: instant.nullable().optional(),
    started_at: instant.optional(),
    completed_at: instant.optional(),
    ...optionalTotals,
    operator: reference.nullable().optional(),
    notes: text.nullable().optional(),
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
  input: listInput(
    {
      line_id: id.optional(),
      plant_id: id.optional(),
      product_id: id.optional(),
      batch_number: reference.optional(),
      status: batchStatus.optional(),
      ...windowFields,
    },
    ['created_at'],
  ),
});

export const batchPlanned = fact('batch.planned', batchRow, 'A batch was planned');
export const batchAmended = fact('batch.amended', batchRow, 'A batch was corrected: its plan, its times or its totals');
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
  voided_at: instant.nullable(),
  void_reason: z.string().nullable(),
});
export type CountRow = z.infer<typeof countRow>;
export const logCount = writes({
  name: 'log-count',
  role: 'operator',
  summary: 'Log units made in a batch since the last count',
  output: countRow,
  problems: ['not_found', 'illegal_transition'],
  input: z.strictObject({ id, at: instant.optional(), good: counted, reject: counted.default(0) }),
});
export const voidCount = writes({
  name: 'void-count',
  role: 'operator',
  summary: 'Take a count back, with a reason',
  output: countRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id, count_id: id, reason: text }),
});
export const listCounts = reads({
  name: 'list-counts',
  role: 'viewer',
  summary: 'Counts of a batch',
  input: listInput({ id, ...windowFields }, ['at']),
  output: listOutput(countRow),
  problems: ['not_found'],
});
export const countVoided = fact('count.voided', countRow, 'A count was taken back');
export const countLogged = fact('count.logged', countRow, 'Units were counted');
