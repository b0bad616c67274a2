/** The life of a trial (planned -> in_progress -> completed | cancelled), and its judgement. Decisions only. */
import { notAhead, Problem, type Criterion, type TrialRow } from '@plantops/contracts';

type Trial = Pick<
  TrialRow,
  'trial_number' | 'status' | 'started_at' | 'success_criteria' | 'planned_start' | 'planned_end'
>;
type Changes = Partial<TrialRow>;

const illegal = ({ trial_number, status }: Trial, verb: string) =>
  new Problem('illegal_transition', `trial ${trial_number} is ${status}: it cannot be ${verb}`);

/** A new trial. */
export const unplannedTrial = {
  description: null,
  hypothesis: null,
  batch_id: null,
  parameters: {},
  success_criteria: [],
  expected_outcome: null,
  planned_start: null,
  planned_end: null,
  started_at: null,
  completed_at: null,
  cancelled_at: null,
  cancellation_reason: null,
  results: null,
  was_successful: null,
  observations: null,
  learnings: null,
  recommendations: null,
};

/** planned_end must be after planned_start, if both are given. */
export const checkPlan = ({ planned_start, planned_end }: Pick<Trial, 'planned_start' | 'planned_end'>): void => {
  if (planned_start !== null && planned_end !== null && planned_end <= planned_start)
    throw Problem.field('planned_end', 'must be after planned_start');
};

export const start = (trial: Trial, { started_at }: { started_at: string }, now: string): Changes => {
  if (trial.status !== 'planned') throw illegal(trial, 'started');
  notAhead('started_at', started_at, now);
  return { status: 'in_progress', started_at };
};

const holds: Record<Criterion['operator'], (result: number, target: number) => boolean> = {
  '<': (result, target) => result < target,
  '<=': (result, target) => result <= target,
  '=': (result, target) => result === target,
  '>=': (result, target) => result >= target,
  '>': (result, target) => result > target,
};

/**
 * Whether the results meet every criterion. A criterion without a numeric result cannot be judged. One failed
 * criterion decides; otherwise, with one that cannot be judged or without any, the trial stays unjudged (null).
 */
export const judge = (criteria: readonly Criterion[], results: Readonly<Record<string, unknown>>): boolean | null => {
  const verdicts = criteria.map(({ metric, operator, target }) => {
    const result = Object.hasOwn(results, metric) ? results[metric] : undefined;
    return typeof result === 'number' ? holds[operator](result, target) : null;
  });
  if (verdicts.includes(false)) return false;
  return verdicts.length === 0 || verdicts.includes(null) ? null : true;
};

/** Completes a trial with its results. The caller's own judgement, if given, counts. */
export const complete = (
  trial: Trial,
  { was_successful, ...command }: Changes & { completed_at: string; results: Record<string, unknown> },
  now: string,
): Changes => {
  if (trial.status !== 'in_progress') throw illegal(trial, 'completed');
  notAhead('completed_at', command.completed_at, now);
  if (trial.started_at !== null && command.completed_at < trial.started_at)
    throw Problem.field('completed_at', `must not be before started_at, ${trial.started_at}`);
  return {
    ...command,
    status: 'completed',
    was_successful: was_successful ?? judge(trial.success_criteria, command.results),
  };
};

export const cancel = (trial: Trial, reason: string, now: string): Changes => {
  if (trial.status !== 'planned' && trial.status !== 'in_progress') throw illegal(trial, 'cancelled');
  return { status: 'cancelled', cancelled_at: now, cancellation_reason: reason };
};

const FINDINGS: ReadonlySet<string> = new Set(['observations', 'learnings', 'recommendations']);

/** The plan can change until the trial ends; notes and results at any time. */
export const update = (trial: Trial, changes: Changes): Changes => {
  const ofThePlan = Object.keys(changes).find((field) => !FINDINGS.has(field));
  if (ofThePlan !== undefined && (trial.status === 'completed' || trial.status === 'cancelled'))
    throw illegal(trial, `changed in ${ofThePlan}; only its findings can`);
  checkPlan({ ...trial, ...changes });
  return changes;
};
