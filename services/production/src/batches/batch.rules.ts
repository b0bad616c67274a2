/**
 * The life of a batch: planned -> running <-> paused -> completed | cancelled. Decisions only: they return what changes, or
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

export const isBegun = ({ status }: Pick<BatchRow, 'status'>): boolean => status === 'running' || status === 'paused';

/**
 * A line system starts a batch that has begun. The earliest start begins it, a later one resumes it. What it names of the
 * batch counts where the batch does not have it yet.
 */
export const startAgain = (
  batch: BatchRow,
  { started_at: at, given, ...named }: { started_at: string } & Changes,
  now: string,
): { fields: Changes; word: { word: 'resume'; at: string } } => {
  const [began, ended] = [batch.started_at as string, batch.completed_at ?? batch.cancelled_at];
  if (ended !== null && at >= ended) throw illegal(batch, 'started');
  notAhead('started_at', at, now);
  if (named.product_id !== undefined && batch.product_id !== null && named.product_id !== batch.product_id)
    throw new Problem(
      'illegal_transition',
      `batch ${batch.batch_number} has another product: its starts must name the same`,
    );
  const missing = Object.entries(named).filter(([field]) => batch[field as keyof BatchRow] === null);
  const isPlanGiven = given !== undefined && batch.planned_quantity === null;
  const fields = { ...Object.fromEntries(missing), ...(isPlanGiven ? { given } : {}) };
  notTooLong('started_at', began, at);
  if (at >= began) return { fields, word: { word: 'resume', at } };
  if (ended !== null) notTooLong('completed_at', at, ended);
  return { fields: { ...fields, started_at: at }, word: { word: 'resume', at: began } };
};

/** When a person pauses a batch, which must run. */
export const pause = (batch: BatchRow, at: string, now: string): void => {
  if (batch.status !== 'running') throw illegal(batch, 'paused');
  if (batch.cut_at !== null)
    throw new Problem(
      'illegal_transition',
      `batch ${batch.batch_number} ended at ${batch.cut_at}, when others had the line: resume or complete it`,
    );
  checkSaid(batch, { path: 'paused_at', verb: 'paused', at }, now);
};

/** When a person resumes a batch, which must be paused or interrupted. */
export const resume = (batch: BatchRow, at: string, now: string): void => {
  if (!isBegun(batch)) throw illegal(batch, 'resumed');
  if (batch.status === 'running' && !batch.interrupted && batch.cut_at === null)
    throw new Problem('illegal_transition', `batch ${batch.batch_number} is running: it has the line already`);
  checkSaid(batch, { path: 'resumed_at', verb: 'resumed', at }, now);
};

type Said = { readonly path: string; readonly verb: string; readonly at: string };
/** What is said about a batch lies after its start and before its end. */
export const checkSaid = (batch: BatchRow, { path, verb, at }: Said, now: string): void => {
  notAhead(path, at, now);
  const [started, ended] = [batch.started_at, batch.completed_at ?? batch.cancelled_at];
  if (started === null || (ended !== null && at >= ended)) throw illegal(batch, verb);
  if (at <= started) throw Problem.field(path, `must be after started_at, ${started}`);
  notTooLong(path, started, at);
};

export const complete = (
  batch: BatchRow,
  command: { completed_at: string; notes?: string | null } & Totals,
  now: string,
): Changes => {
  if (!isBegun(batch)) throw illegal(batch, 'completed');
  notAhead('completed_at', command.completed_at, now);
  if (batch.started_at !== null) notTooLong('completed_at', batch.started_at, command.completed_at);
  if (batch.started_at !== null && command.completed_at <= batch.started_at)
    throw Problem.field('completed_at', `must be after started_at, ${batch.started_at}`);
  return { ...command, status: 'completed' };
};

export const cancel = (batch: BatchRow, command: { cancelled_at: string; reason: string }, now: string): Changes => {
  if (batch.status !== 'planned' && !isBegun(batch)) throw illegal(batch, 'cancelled');
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

/** The time that a batch lasts by a correction and did not last before. */
export const timeGained = (batch: BatchRow, changes: Changes): { from: string; to: string | null }[] => {
  const endOf = ({ completed_at, cancelled_at }: BatchRow) => completed_at ?? cancelled_at;
  const after = { ...batch, ...changes };
  const [began, ended, from, to] = [batch.started_at, endOf(batch), after.started_at, endOf(after)];
  if (began === null || from === null) return [];
  return [
    ...(from < began ? [{ from, to: to !== null && to < began ? to : began }] : []),
    ...(ended !== null && (to === null || to > ended) ? [{ from: from > ended ? from : ended, to }] : []),
  ];
};

const checkTimes = (batch: BatchRow, now: string): void => {
  const [started, ended] = [batch.started_at as string, batch.completed_at ?? batch.cancelled_at];
  notAhead('started_at', started, now);
  if (ended === null) return;
  notAhead('completed_at', ended, now);
  if (ended <= started) throw Problem.field('completed_at', `must be after started_at, ${started}`);
  notTooLong('completed_at', started, ended);
};
