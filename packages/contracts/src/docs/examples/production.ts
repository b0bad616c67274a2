/** The work of a morning: a batch, its counts and scrap, and a planned batch that is cancelled. */
import {
  cancelBatch,
  completeBatch,
  getBatch,
  listBatches,
  listCounts,
  logCount,
  pauseBatch,
  planBatch,
  resumeBatch,
  startBatch,
  updateBatch,
  voidCount,
  type BatchRow,
  type CountRow,
} from '../../operations/batches.ts';
import { line, product } from './master-data.ts';
import { AFTERWARDS, onTheDay, sampleId, stamps, step, wholeList, type Step } from './step.ts';
import { getScrap, listScrap, logScrap, voidScrap, type ScrapRow } from '../../operations/scrap.ts';

// ---- the batch
export const plannedBatch: BatchRow = {
  ...stamps,
  id: sampleId(10),
  batch_number: 'B-1001',
  line_id: line.id,
  product_id: product.id,
  planned_quantity: 12_000,
  planned_start: onTheDay('11:00'),
  planned_end: onTheDay('15:00'),
  status: 'planned',
  started_at: null,
  completed_at: null,
  cancelled_at: null,
  cancellation_reason: null,
  runs: null,
  interrupted: false,
  cut_at: null,
  good_count: null,
  scrap_count: null,
  startup_scrap_count: null,
  rework_count: null,
  material_input: null,
  given: {},
  operator: null,
  notes: null,
};
export const amendedBatch: BatchRow = { ...plannedBatch, version: 2, planned_quantity: 10_000 };
export const runningBatch: BatchRow = {
  ...amendedBatch,
  version: 3,
  status: 'running',
  started_at: onTheDay('11:05'),
  runs: [{ from: onTheDay('11:05'), to: null }],
  operator: 'Mara',
};
export const pausedBatch: BatchRow = {
  ...runningBatch,
  version: 4,
  status: 'paused',
  runs: [{ from: onTheDay('11:05'), to: onTheDay('14:30') }],
};
export const resumedBatch: BatchRow = { ...runningBatch, version: 5 };
export const batch: BatchRow = {
  ...runningBatch,
  version: 6,
  status: 'completed',
  completed_at: onTheDay('15:00'),
  runs: [{ from: onTheDay('11:05'), to: onTheDay('15:00') }],
  good_count: 9_200,
  scrap_count: 60,
  notes: 'Ran slow after the jam',
};
const droppedPlan: BatchRow = {
  ...plannedBatch,
  id: sampleId(11),
  batch_number: 'B-1002',
  planned_quantity: 4_000,
  planned_start: null,
  planned_end: null,
};
export const cancelledBatch: BatchRow = {
  ...droppedPlan,
  version: 2,
  status: 'cancelled',
  cancelled_at: onTheDay('16:00'),
  cancellation_reason: 'The order was withdrawn',
};

export const batchBegins: readonly Step[] = [
  step(
    planBatch,
    'A batch is planned',
    {
      batch_number: 'B-1001',
      line_id: line.id,
      product_id: product.id,
      planned_quantity: 12_000,
      planned_start: onTheDay('11:00'),
      planned_end: onTheDay('15:00'),
    },
    plannedBatch,
  ),
  step(updateBatch, 'Fewer bottles were ordered', { id: batch.id, planned_quantity: 10_000 }, amendedBatch),
  step(
    startBatch,
    'It starts five minutes late',
    { id: batch.id, started_at: onTheDay('11:05'), operator: 'Mara' },
    runningBatch,
  ),
];

// ---- units
export const count: CountRow = {
  ...stamps,
  id: sampleId(12),
  line_id: line.id,
  batch_id: batch.id,
  batch_number: 'B-1001',
  product_id: product.id,
  at: onTheDay('12:00'),
  good: 2_600,
  reject: 20,
  given_good: null,
  given_reject: null,
  given_unit: null,
  voided_at: null,
  void_reason: null,
};
const wrongCount: CountRow = { ...count, id: sampleId(13), at: onTheDay('12:30'), good: 26_000, reject: 0 };
export const voidedCount: CountRow = {
  ...wrongCount,
  version: 2,
  voided_at: AFTERWARDS,
  void_reason: 'A digit too many',
};

export const scrap: ScrapRow = {
  ...stamps,
  id: sampleId(14),
  line_id: line.id,
  batch_id: batch.id,
  batch_number: 'B-1001',
  product_id: product.id,
  at: onTheDay('12:10'),
  quantity: 15,
  unit: 'ea',
  given_quantity: null,
  given_unit: null,
  given_unit_cost: null,
  reason_code: 'LABEL',
  reason_category: 'labelling',
  disposition: 'scrap',
  phase: 'production',
  unit_cost: null,
  reported_by: 'Mara',
  note: 'Labels torn',
  voided_at: null,
  void_reason: null,
};
const wrongScrap: ScrapRow = { ...scrap, id: sampleId(15), at: onTheDay('12:20'), note: null };
export const voidedScrap: ScrapRow = {
  ...wrongScrap,
  version: 2,
  voided_at: AFTERWARDS,
  void_reason: 'Reported twice',
};
const labels = { quantity: 15, reason_code: 'LABEL', reason_category: 'labelling', reported_by: 'Mara' };

export const unitsAreMade: readonly Step[] = [
  step(
    logCount,
    'What was made in the first hour',
    { id: batch.id, at: onTheDay('12:00'), good: 2_600, reject: 20 },
    count,
  ),
  step(logCount, 'A count with a digit too many', { id: batch.id, at: onTheDay('12:30'), good: 26_000 }, wrongCount),
  step(listCounts, 'The counts of the batch, the newest first', { id: batch.id }, wholeList(wrongCount, count)),
  step(
    voidCount,
    'The wrong count is voided',
    { id: batch.id, count_id: voidedCount.id, reason: 'A digit too many' },
    voidedCount,
  ),
  step(
    logScrap,
    'Fifteen bottles are scrapped',
    { line_id: line.id, batch_id: batch.id, at: onTheDay('12:10'), ...labels, note: 'Labels torn' },
    scrap,
  ),
  step(
    logScrap,
    'They are reported again',
    { line_id: line.id, batch_id: batch.id, at: onTheDay('12:20'), ...labels },
    wrongScrap,
  ),
  step(getScrap, 'The scrap event', { id: scrap.id }, scrap),
  step(
    listScrap,
    'What was scrapped on the line, the newest first',
    { line_id: line.id },
    wholeList(wrongScrap, scrap),
  ),
  step(voidScrap, 'The second report is voided', { id: voidedScrap.id, reason: 'Reported twice' }, voidedScrap),
];

export const batchEnds: readonly Step[] = [
  step(
    pauseBatch,
    'The batch is paused for an urgent order',
    { id: batch.id, paused_at: onTheDay('14:30') },
    pausedBatch,
  ),
  step(
    resumeBatch,
    'The order is withdrawn: the batch is resumed as if nothing had happened',
    { id: batch.id, resumed_at: onTheDay('14:30') },
    resumedBatch,
  ),
  step(
    completeBatch,
    'The batch is completed with its totals',
    {
      id: batch.id,
      completed_at: onTheDay('15:00'),
      good_count: 9_200,
      scrap_count: 60,
      notes: 'Ran slow after the jam',
    },
    batch,
  ),
  step(getBatch, 'The batch', { id: batch.id }, batch),
  step(
    listBatches,
    'The batches that were completed on the line',
    { line_id: line.id, status: 'completed' },
    wholeList(batch),
  ),
  step(
    planBatch,
    'Another batch is planned',
    { batch_number: 'B-1002', line_id: line.id, product_id: product.id, planned_quantity: 4_000 },
    droppedPlan,
  ),
  step(
    cancelBatch,
    'It is cancelled before it starts',
    { id: cancelledBatch.id, cancelled_at: onTheDay('16:00'), reason: 'The order was withdrawn' },
    cancelledBatch,
  ),
];
