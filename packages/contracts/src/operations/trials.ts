/** Trials: experiments on a line, planned, run and judged. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, id, instant, json, listInput, listOutput, name, reference, rowFields, text, windowFields } from '../values.ts';

const { reads, writes } = operationsOf('trials');
const { fact } = eventsOf('trials');

/** One measure a trial is judged by: its result must stand in this relation to the target. */
export const criterion = z.strictObject({ metric: reference, operator: z.enum(['<', '<=', '=', '>=', '>']), target: z.number() });
export type Criterion = z.infer<typeof criterion>;
const criteria = z.array(criterion).max(50, 'must be at most 50 criteria');

const nullableText = z.string().nullable();
export const trialStatus = z.enum(['planned', 'in_progress', 'completed', 'cancelled']);
export const trialRow = z.object({
  ...rowFields,
  trial_number: z.string(),
  name,
  description: nullableText,
  hypothesis: nullableText,
  plant_id: id,
  line_id: id,
  batch_id: id.nullable(),
  parameters: json,
  success_criteria: criteria,
  expected_outcome: nullableText,
  planned_start: instant.nullable(),
  planned_end: instant.nullable(),
  status: trialStatus,
  started_at: instant.nullable(),
  completed_at: instant.nullable(),
  cancelled_at: instant.nullable(),
  cancellation_reason: nullableText,
  results: json.nullable(),
  was_successful: z.boolean().nullable(),
  observations: nullableText,
  learnings: nullableText,
  recommendations: nullableText,
  suggested_by_ai: z.boolean(),
  ai_suggestion_id: nullableText,
});
export type TrialRow = z.infer<typeof trialRow>;

const plan = {
  description: text.nullable(),
  hypothesis: text.nullable(),
  batch_id: id.nullable(),
  parameters: json,
  success_criteria: criteria,
  expected_outcome: text.nullable(),
  planned_start: instant.nullable(),
  planned_end: instant.nullable(),
};
const findings = { observations: text.nullable(), learnings: text.nullable(), recommendations: text.nullable() };

export const planTrial = writes({
  name: 'plan',
  role: 'engineer',
  summary: 'Plan a trial on a line',
  output: trialRow,
  input: z.strictObject({
    name,
    line_id: id,
    ...z.object(plan).partial().shape,
    suggested_by_ai: z.boolean().default(false),
    ai_suggestion_id: reference.nullable().default(null),
  }),
});
export const updateTrial = writes({
  name: 'update',
  role: 'engineer',
  summary: 'Change the fields named: the plan before its end, the findings always',
  output: trialRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id, name: name.optional(), ...z.object({ ...plan, ...findings }).partial().shape }),
});
export const startTrial = writes({
  name: 'start',
  role: 'engineer',
  summary: 'Start a planned trial',
  output: trialRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id, started_at: instant.optional() }),
});
export const completeTrial = writes({
  name: 'complete',
  role: 'engineer',
  summary: 'Complete a trial: judged by its criteria unless was_successful is sent',
  output: trialRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({
    id,
    completed_at: instant.optional(),
    results: json.default({}),
    was_successful: z.boolean().optional(),
    ...z.object(findings).partial().shape,
  }),
});
export const cancelTrial = writes({
  name: 'cancel',
  role: 'engineer',
  summary: 'Cancel a planned or running trial, with a reason',
  output: trialRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id, reason: text }),
});
export const getTrial = reads({
  name: 'get',
  role: 'viewer',
  summary: 'One trial',
  input: byId,
  output: trialRow,
  problems: ['not_found'],
});
export const listTrials = reads({
  name: 'list',
  role: 'viewer',
  summary: 'Trials',
  output: listOutput(trialRow),
  input: listInput({ line_id: id.optional(), plant_id: id.optional(), status: trialStatus.optional(), ...windowFields }, ['created_at']),
});

export const trialPlanned = fact('trial.planned', trialRow, 'A trial was planned');
export const trialStarted = fact('trial.started', trialRow, 'A trial began');
export const trialCompleted = fact('trial.completed', trialRow, 'A trial was completed and judged');
export const trialCancelled = fact('trial.cancelled', trialRow, 'A trial was cancelled');
/** Not in a trial's life cycle, but what others keep of it must follow its plan. */
export const trialUpdated = fact('trial.updated', trialRow, 'The plan or findings of a trial changed');

// ---- for the overview
export const getTrialFigures = reads({
  name: 'get-figures',
  internal: true,
  role: 'viewer',
  summary: 'What the overview shows of trials now: how many run',
  output: z.object({ active_trials: z.int() }),
  input: z.strictObject({ plant_id: id.optional(), line_id: id.optional() }),
});
