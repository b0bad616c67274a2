/** Batches and the units counted in them. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, changeFields, field, listInput, listOutput, rowFields, stored, windowFields } from '../fields.ts';
import { counted, id, quantity, reference } from '../values.ts';

const { reads, writes } = operationsOf('production');
const { fact } = eventsOf('production');

export const batchStatus = z
  .enum(['planned', 'running', 'paused', 'completed', 'cancelled'])
  .meta({ id: 'BatchStatus' });
const status = batchStatus.describe('The status in its life cycle.');
export const batchFields = {
  planned_quantity: quantity.describe('Planned order quantity (ISO 22400 POQ), in units.'),
  operator: reference.describe('Who runs it.'),
  good_count: quantity.describe(
    'Good quantity (ISO 22400 GQ), in units. As the total of a batch it overrules the counts; null: the counts stand.',
  ),
  scrap_count: quantity.describe('Production scrap (ISO 22400 SQ), in units; null: the counts and scrap events stand.'),
  startup_scrap_count: quantity.describe('Units scrapped while the batch started up; null: the scrap events stand.'),
  rework_count: quantity.describe(
    'Rework quantity (ISO 22400 RQ), reworked or downgraded, in units; null: the scrap events stand.',
  ),
  material_input: quantity.describe(
    'Material that went in, in units of product: what came out less is yield loss; null: not known.',
  ),
};
const asGiven = z
  .object({
    quantity: quantity.describe('The quantity as it was given.'),
    unit: stored(field.given_unit).describe('The unit that it was given in.'),
  })
  .optional();
const given = z
  .object({
    planned_quantity: asGiven.describe('planned_quantity as it was given.'),
    good_count: asGiven.describe('good_count as it was given.'),
    scrap_count: asGiven.describe('scrap_count as it was given.'),
    startup_scrap_count: asGiven.describe('startup_scrap_count as it was given.'),
    rework_count: asGiven.describe('rework_count as it was given.'),
    material_input: asGiven.describe('material_input as it was given.'),
  })
  .describe("The quantities that were given in another unit than the product's own, as they were given.");
const totals = {
  good_count: batchFields.good_count.nullable(),
  scrap_count: batchFields.scrap_count.nullable(),
  startup_scrap_count: batchFields.startup_scrap_count.nullable(),
  rework_count: batchFields.rework_count.nullable(),
  material_input: batchFields.material_input.nullable(),
};
/** The most pauses and resumptions of a batch, and the most runs. */
export const MOST_BATCH_WORDS = 1_000;
export const MOST_BATCH_RUNS = 1_000;
/** The most pauses and resumptions of the batches of a line that overlap, together, up to which another one is accepted. */
export const MOST_LINE_WORDS = 10_000;
const batchRun = z
  .object({
    from: field.at.describe('When the batch got the line.'),
    to: field.at.nullable().describe('When it lost the line; null: it still has it.'),
  })
  .meta({ id: 'BatchRun' });
export type BatchRunRow = z.infer<typeof batchRun>;
export const batchRow = z
  .object({
    ...rowFields,
    batch_number: stored(field.batch_number),
    line_id: field.line_id,
    product_id: field.product_id.nullable(),
    planned_quantity: batchFields.planned_quantity.nullable(),
    planned_start: field.planned_start.nullable(),
    planned_end: field.planned_end.nullable(),
    status,
    started_at: field.started_at.nullable(),
    completed_at: field.completed_at.nullable(),
    cancelled_at: field.cancelled_at.nullable(),
    cancellation_reason: field.cancellation_reason.nullable(),
    runs: z
      .array(batchRun)
      .max(MOST_BATCH_RUNS)
      .nullable()
      .describe(
        'The intervals in which it had the line, in order of time: its time is their sum. null: not derived; it ran from its start to its end, or to the start of the next batch.',
      ),
    interrupted: z
      .boolean()
      .describe(
        'Whether another batch has the line although this one is neither ended nor paused: it goes on after it.',
      ),
    cut_at: field.at
      .nullable()
      .describe(
        'When it ended, where nobody ended it: it was interrupted, and then a third batch started. Resuming, completing or cancelling it takes that back. null: it was not cut.',
      ),
    ...totals,
    given,
    operator: stored(batchFields.operator).nullable(),
    notes: stored(field.notes).nullable(),
  })
  .meta({ id: 'Batch' });
export type BatchRow = z.infer<typeof batchRow>;
type Runs = 'runs' | 'interrupted' | 'cut_at';
/** A batch as the version before announced it, or as this one does. */
export type BatchBefore = Omit<BatchRow, Runs> & Partial<Pick<BatchRow, Runs>>;
const optionalTotals = z.object(totals).partial().shape;

export const planBatch = writes({
  name: 'plan-batch',
  role: 'operator',
  summary: 'Plan a batch on a line',
  output: batchRow,
  problems: ['already_exists'],
  input: z.strictObject({
    batch_number: field.batch_number,
    line_id: field.line_id,
    product_id: field.product_id.nullable().default(null),
    planned_quantity: batchFields.planned_quantity.nullable().default(null),
    unit: field.given_unit.optional(),
    planned_start: field.planned_start.nullable().default(null),
    planned_end: field.planned_end.nullable().default(null),
    operator: batchFields.operator.nullable().default(null),
    notes: field.notes.nullable().default(null),
  }),
});
export const updateBatch = writes({
  name: 'update-batch',
  role: 'operator',
  summary: 'Change the fields named: the plan before the start, times and totals after it, also of a completed batch',
  output: batchRow,
  problems: ['not_found', 'illegal_transition', 'already_exists', 'overlap', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    batch_number: field.batch_number.optional(),
    product_id: field.product_id.nullable().optional(),
    planned_quantity: batchFields.planned_quantity.nullable().optional(),
    planned_start: field.planned_start.nullable().optional(),
    planned_end: field.planned_end.nullable().optional(),
    started_at: field.started_at.optional(),
    completed_at: field.completed_at.optional(),
    ...optionalTotals,
    unit: field.given_unit.optional(),
    operator: batchFields.operator.nullable().optional(),
    notes: field.notes.nullable().optional(),
  }),
});
const interrupt = z
  .boolean()
  .describe(
    'true: take the line from the batch that has it, which goes on when this one ends or pauses. Default: refuse.',
  );
export const startBatch = writes({
  name: 'start-batch',
  role: 'operator',
  summary: 'Start a planned batch',
  output: batchRow,
  problems: ['not_found', 'illegal_transition', 'overlap', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    started_at: field.started_at.optional(),
    operator: batchFields.operator.nullable().optional(),
    interrupt: interrupt.optional(),
  }),
});
export const pauseBatch = writes({
  name: 'pause-batch',
  role: 'operator',
  summary: 'Pause a running batch: it has the line again when it is resumed',
  output: batchRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    paused_at: field.at.optional().describe('When it was paused; default now.'),
  }),
});
export const resumeBatch = writes({
  name: 'resume-batch',
  role: 'operator',
  summary: 'Resume a paused or interrupted batch',
  output: batchRow,
  problems: ['not_found', 'illegal_transition', 'overlap', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    resumed_at: field.at.optional().describe('When it was resumed; default now.'),
    interrupt: interrupt.optional(),
  }),
});
export const completeBatch = writes({
  name: 'complete-batch',
  role: 'operator',
  summary: 'Complete a running or paused batch with its totals',
  output: batchRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    completed_at: field.completed_at.optional(),
    ...optionalTotals,
    unit: field.given_unit.optional(),
    notes: field.notes.nullable().optional(),
  }),
});
export const cancelBatch = writes({
  name: 'cancel-batch',
  role: 'operator',
  summary: 'Cancel a batch that is not completed',
  output: batchRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id: field.id, cancelled_at: field.cancelled_at.optional(), reason: field.reason }),
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
      line_id: field.line_id.optional(),
      plant_id: field.plant_id.optional(),
      product_id: field.product_id.optional(),
      batch_number: field.batch_number.optional(),
      status: status.optional(),
      ...windowFields,
      ...changeFields,
    },
    ['created_at'],
  ),
});

export const batchPlanned = fact('batch.planned', batchRow, 'A batch was planned');
export const batchAmended = fact(
  'batch.amended',
  batchRow,
  'A batch was corrected: its plan, its times or its totals; or another batch of its line changed when it ran',
);
export const batchStarted = fact('batch.started', batchRow, 'A batch began to run');
export const batchPaused = fact('batch.paused', batchRow, 'A batch was paused');
export const batchResumed = fact('batch.resumed', batchRow, 'A batch was resumed');
export const batchCompleted = fact('batch.completed', batchRow, 'A batch was completed');
export const batchCancelled = fact('batch.cancelled', batchRow, 'A batch was cancelled');

// ---- counts
const GOOD = 'Good units made since the count before.';
const REJECTED = 'Rejected units made since the count before.';
export const countFields = { good: counted.describe(GOOD), reject: counted.describe(REJECTED) };
export const countRow = z
  .object({
    ...rowFields,
    line_id: field.line_id,
    batch_id: field.batch_id.nullable(),
    batch_number: stored(field.batch_number).nullable(),
    product_id: field.product_id.nullable(),
    at: field.at,
    good: quantity.describe(GOOD),
    reject: quantity.describe(REJECTED),
    given_good: quantity.nullable().describe("Good units as they were given; null: in the product's own unit."),
    given_reject: quantity.nullable().describe("Rejected units as they were given; null: in the product's own unit."),
    given_unit: stored(field.given_unit)
      .nullable()
      .describe("The unit that they were given in; null: the product's own."),
    voided_at: field.voided_at.nullable(),
    void_reason: field.void_reason.nullable(),
  })
  .meta({ id: 'Count' });
export type CountRow = z.infer<typeof countRow>;
export const logCount = writes({
  name: 'log-count',
  role: 'operator',
  summary: 'Log units made in a batch since the last count',
  output: countRow,
  problems: ['not_found', 'illegal_transition'],
  input: z.strictObject({
    id: field.id,
    at: field.at.optional(),
    good: countFields.good,
    reject: countFields.reject.default(0),
    unit: field.given_unit.optional(),
  }),
});
export const voidCount = writes({
  name: 'void-count',
  role: 'operator',
  summary: 'Void a count, with a reason',
  output: countRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id: field.id, count_id: id.describe('UUID of the count.'), reason: field.reason }),
});
export const listCounts = reads({
  name: 'list-counts',
  role: 'viewer',
  summary: 'Counts of a batch',
  input: listInput({ id: field.id, ...windowFields, ...changeFields }, ['at']),
  output: listOutput(countRow),
  problems: ['not_found'],
});
export const countAmended = fact(
  'count.amended',
  countRow,
  "The units of a count were computed again: by a corrected factor of its product's units, or by a late reading of a counter",
);
export const countVoided = fact('count.voided', countRow, 'A count was voided');
export const countLogged = fact('count.logged', countRow, 'Units were counted');
