/** Trials: tests of changed settings on a line, planned, run and judged. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, changeFields, field, listInput, listOutput, rowFields, stored, windowFields } from '../fields.ts';
import { json, reference, text } from '../values.ts';

const { reads, writes } = operationsOf('trials');
const { fact } = eventsOf('trials');

const MOST_CRITERIA = 50;
/** One measure a trial is judged by: its result must stand in this relation to the target. */
export const criterion = z
  .strictObject({
    metric: reference.describe('A name among the results.'),
    operator: z.enum(['<', '<=', '=', '>=', '>']).describe('How the result must compare with the target.'),
    target: z.number().describe('The number that the result is compared with.'),
  })
  .meta({ id: 'Criterion' });
export type Criterion = z.infer<typeof criterion>;

export const trialStatus = z.enum(['planned', 'in_progress', 'completed', 'cancelled']).meta({ id: 'TrialStatus' });
const fields = {
  status: trialStatus.describe('The status in its life cycle.'),
  hypothesis: text.describe('What is expected to be true.'),
  parameters: json.describe('Settings of the trial, free JSON; default {}.'),
  success_criteria: z
    .array(criterion)
    .max(MOST_CRITERIA, `must be at most ${MOST_CRITERIA} criteria`)
    .describe('What the trial is judged by: all must hold. Default none.'),
  expected_outcome: text.describe('What should come out.'),
  results: json.describe("What came out, free JSON; numbers under the metrics' names are judged. Default {}."),
  was_successful: z
    .boolean()
    .describe(
      'Whether the trial succeeded; null: the criteria could not be judged. If it is sent, it replaces the judgement by the criteria.',
    ),
  observations: text.describe('What was seen.'),
  learnings: text.describe('What was learned.'),
  recommendations: text.describe('What should be done next.'),
  suggested_by_ai: z.boolean().describe('Whether a model proposed the trial.'),
  ai_suggestion_id: reference.describe("What the model's system calls its proposal."),
};
export const trialRow = z
  .object({
    ...rowFields,
    trial_number: z.string().describe('T-<year>-<number>, counted from 1 each year.'),
    name: field.name,
    description: stored(field.description).nullable(),
    hypothesis: stored(fields.hypothesis).nullable(),
    plant_id: field.plant_id,
    line_id: field.line_id,
    batch_id: field.batch_id.nullable(),
    parameters: fields.parameters,
    success_criteria: fields.success_criteria,
    expected_outcome: stored(fields.expected_outcome).nullable(),
    planned_start: field.planned_start.nullable(),
    planned_end: field.planned_end.nullable(),
    status: fields.status,
    started_at: field.started_at.nullable(),
    completed_at: field.completed_at.nullable(),
    cancelled_at: field.cancelled_at.nullable(),
    cancellation_reason: field.cancellation_reason.nullable(),
    results: fields.results.nullable(),
    was_successful: fields.was_successful.nullable(),
    observations: stored(fields.observations).nullable(),
    learnings: stored(fields.learnings).nullable(),
    recommendations: stored(fields.recommendations).nullable(),
    suggested_by_ai: fields.suggested_by_ai,
    ai_suggestion_id: stored(fields.ai_suggestion_id).nullable(),
  })
  .meta({ id: 'Trial' });
export type TrialRow = z.infer<typeof trialRow>;

const plan = {
  description: field.description.nullable(),
  hypothesis: fields.hypothesis.nullable(),
  batch_id: field.batch_id.nullable(),
  parameters: fields.parameters,
  success_criteria: fields.success_criteria,
  expected_outcome: fields.expected_outcome.nullable(),
  planned_start: field.planned_start.nullable(),
  planned_end: field.planned_end.nullable(),
};
const findings = {
  observations: fields.observations.nullable(),
  learnings: fields.learnings.nullable(),
  recommendations: fields.recommendations.nullable(),
};

export const planTrial = writes({
  name: 'plan',
  role: 'engineer',
  summary: 'Plan a trial on a line',
  output: trialRow,
  input: z.strictObject({
    name: field.name,
    line_id: field.line_id,
    ...z.object(plan).partial().shape,
    suggested_by_ai: fields.suggested_by_ai.default(false),
    ai_suggestion_id: fields.ai_suggestion_id.nullable().default(null),
  }),
});
export const updateTrial = writes({
  name: 'update',
  role: 'engineer',
  summary: 'Change the fields named: the plan before its end, the findings always',
  output: trialRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    name: field.name.optional(),
    ...z.object({ ...plan, ...findings }).partial().shape,
  }),
});
export const startTrial = writes({
  name: 'start',
  role: 'engineer',
  summary: 'Start a planned trial',
  output: trialRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id: field.id, started_at: field.started_at.optional() }),
});
export const completeTrial = writes({
  name: 'complete',
  role: 'engineer',
  summary: 'Complete a trial: judged by its criteria unless was_successful is sent',
  output: trialRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    completed_at: field.completed_at.optional(),
    results: fields.results.default({}),
    was_successful: fields.was_successful.optional(),
    ...z.object(findings).partial().shape,
  }),
});
export const cancelTrial = writes({
  name: 'cancel',
  role: 'engineer',
  summary: 'Cancel a planned or running trial, with a reason',
  output: trialRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id: field.id, reason: field.reason }),
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
  input: listInput(
    {
      line_id: field.line_id.optional(),
      plant_id: field.plant_id.optional(),
      status: fields.status.optional(),
      ...windowFields,
      ...changeFields,
    },
    ['created_at'],
  ),
});

export const trialPlanned = fact('trial.planned', trialRow, 'A trial was planned');
export const trialStarted = fact('trial.started', trialRow, 'A trial began');
export const trialCompleted = fact('trial.completed', trialRow, 'A trial was completed and judged');
export const trialCancelled = fact('trial.cancelled', trialRow, 'A trial was cancelled');
/** No step in a trial's life cycle, but other services copy the plan and must follow it. */
export const trialUpdated = fact('trial.updated', trialRow, 'The plan or findings of a trial changed');

// ---- for the overview
export const getTrialFigures = reads({
  name: 'get-figures',
  internal: true,
  role: 'viewer',
  summary: 'What the overview shows of trials now: how many run',
  output: z.object({ active_trials: z.int().describe('Trials in progress.') }),
  input: z.strictObject({ plant_id: field.plant_id.optional(), line_id: field.line_id.optional() }),
});
