/**
 * The life of a batch: planned -> running -> completed | cancelled. Decisions only: they return what changes, or
 * throw a problem.
 */
import { notAhead, notTooLong, Problem, type BatchRow } from '@plantops/contracts';

export type Totals = Partial<
  Pick<BatchRow, 'good_count' | 'scrap_count' | 'startup_scrap_count' | 'rework_count' | 'material_input'>
>;
type Changes = Partial<BatchRow>;

const illegal = (batch: Pick<BatchRow, 'batch_number' | 'status'>, verb: string) =>
  new Problem('illegal_transition', `batch ${batch.batch_number} is ${batch.status}: it cannot be ${verb}`);

/** A new batch. */
export const plannedBatch = {
  product_id: null,
  planned_quantity: null,
  planned_start: null,
  planned_end: null,
  status: 'planned',
  started_at: null,
  completed_at: null,
  cancelled_at: null,
  cancellation_reason: null,
  good_count: null,
  scrap_count: null,
  startup_scrap_count: null,
  rework_count: null,
  material_input: null,
  given: {},
  operator: null,
  notes: null,
} as const;

/** planned_end must be after planned_start, if both are given. */
export const checkPlan = ({ planned_start, planned_end }: Pick<BatchRow, 'planned_start' | 'planned_end'>): void => {
  if (planned_start !== null && planned_end !== null && planned_end <= planned_start)
    throw Problem.field('planned_end', 'must be after planned_start');
};

export const start = (
  batch: Pick<BatchRow, 'batch_number' | 'status'>,
  command: { started_at: string } & Changes,
  now: string,
): Changes => {
  if (batch.status !== 'planned') throw illegal(batch, 'started');
  notAhead('started_at', command.started_at, now);
  return { ...command, status: 'running' };
};

export const complete = (
  batch: BatchRow,
  command: { completed_at: string; notes?: string | null } & Totals,
  now: string,
): Changes => {
  if (batch.status !== 'running') throw illegal(batch, 'completed');
  notAhead('completed_at', command.completed_at, now);
  if (batch.started_at !== null) notTooLong('completed_at', batch.started_at, command.completed_at);
  if (batch.started_at !== null && command.completed_at <= batch.started_at)
    throw Problem.field('completed_at', `must be after started_at, ${batch.started_at}`);
  return { ...command, status: 'completed' };
};

export const cancel = (batch: BatchRow, command: { cancelled_at: string; reason: string }, now: string): Changes => {
  if (batch.status !== 'planned' && batch.status !== 'running') throw illegal(batch, 'cancelled');
  notAhead('cancelled_at', command.cancelled_at, now);
  if (batch.started_at !== null) notTooLong('cancelled_at', batch.started_at, command.cancelled_at);
  if (batch.started_at !== null && command.cancelled_at <= batch.started_at)
    throw Problem.field('cancelled_at', `must be after started_at, ${batch.started_at}`);
  return { status: 'cancelled', cancelled_at: command.cancelled_at, cancellation_reason: command.reason };
};

const PLAN = ['batch_number', 'planned_start', 'planned_quantity', 'planned_end'] as const;
const RUN = [
  'started_at',
  'good_count',
  'scrap_count',
  'startup_scrap_count',
  'rework_count',
  'material_input',
] as const;

/** A correction: the plan until the start, actual times and totals after it, notes and names at any time. */
export const amend = (batch: BatchRow, command: Changes, now: string): Changes => {
  const refuse = (field: keyof BatchRow, why: string) => {
    if (command[field] !== undefined)
      throw new Problem('illegal_transition', `batch ${batch.batch_number} is ${batch.status}: ${field} ${why}`);
  };
  const started = batch.started_at !== null;
  if (!started) for (const field of RUN) refuse(field, 'cannot be corrected before its start');
  if (started) for (const field of PLAN.slice(0, 2)) refuse(field, 'is settled once it has started');
  if (batch.status === 'cancelled' || batch.status === 'completed')
    for (const field of PLAN) refuse(field, 'is settled now');
  if (batch.status !== 'completed') refuse('completed_at', 'is set by completing it');
  const changed = { ...batch, ...command };
  checkPlan(changed);
  if (changed.started_at !== null) checkTimes(changed, now);
  return command;
};

const checkTimes = (batch: BatchRow, now: string): void => {
  const [started, ended] = [batch.started_at as string, batch.completed_at ?? batch.cancelled_at];
  notAhead('started_at', started, now);
  if (ended === null) return;
  notAhead('completed_at', ended, now);
  if (ended <= started) throw Problem.field('completed_at', `must be after started_at, ${started}`);
  notTooLong('completed_at', started, ended);
};
