/** A trial against the jams, and a trial that is cancelled. */
import { line, plant } from './master-data.ts';
import { AFTERWARDS, onTheDay, sampleId, stamps, step, wholeList, type Step } from './step.ts';
import {
  cancelTrial,
  completeTrial,
  getTrial,
  listTrials,
  planTrial,
  startTrial,
  updateTrial,
  type TrialRow,
} from '../../operations/trials.ts';

export const plannedTrial: TrialRow = {
  ...stamps,
  id: sampleId(30),
  trial_number: 'T-2026-0001',
  name: 'Slower infeed',
  description: null,
  hypothesis: 'At 92 % speed the infeed does not jam',
  plant_id: plant.id,
  line_id: line.id,
  batch_id: null,
  parameters: { infeed_speed_percent: 92 },
  success_criteria: [{ metric: 'jams_per_hour', operator: '<=', target: 0.5 }],
  expected_outcome: 'No jam in a shift',
  planned_start: onTheDay('15:30'),
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
};
export const updatedTrial: TrialRow = { ...plannedTrial, version: 2, description: 'Conveyor C2 only' };
export const runningTrial: TrialRow = {
  ...updatedTrial,
  version: 3,
  status: 'in_progress',
  started_at: onTheDay('15:30'),
};
export const trial: TrialRow = {
  ...runningTrial,
  version: 4,
  status: 'completed',
  completed_at: onTheDay('18:30'),
  results: { jams_per_hour: 0.33 },
  was_successful: true,
  observations: 'One jam in three hours',
  recommendations: 'Keep 92 % until the rail is exchanged',
};
const secondTrial: TrialRow = {
  ...plannedTrial,
  id: sampleId(31),
  trial_number: 'T-2026-0002',
  name: 'Faster capper',
  hypothesis: null,
  parameters: {},
  success_criteria: [],
  expected_outcome: null,
  planned_start: null,
};
export const cancelledTrial: TrialRow = {
  ...secondTrial,
  version: 2,
  status: 'cancelled',
  cancelled_at: AFTERWARDS,
  cancellation_reason: 'The capper is being overhauled',
};

/** Trials are numbered by the year in which they are planned. */
const varies = ['trial_number'];

export const trialSteps: readonly Step[] = [
  step(
    planTrial,
    'A trial is planned against the jams',
    {
      name: 'Slower infeed',
      line_id: line.id,
      hypothesis: 'At 92 % speed the infeed does not jam',
      parameters: { infeed_speed_percent: 92 },
      success_criteria: [{ metric: 'jams_per_hour', operator: '<=', target: 0.5 }],
      expected_outcome: 'No jam in a shift',
      planned_start: onTheDay('15:30'),
    },
    plannedTrial,
    { varies },
  ),
  step(updateTrial, 'Its plan is made clearer', { id: trial.id, description: 'Conveyor C2 only' }, updatedTrial, {
    varies,
  }),
  step(startTrial, 'It starts', { id: trial.id, started_at: onTheDay('15:30') }, runningTrial, { varies }),
  step(
    completeTrial,
    'It is completed, and judged by its criteria',
    {
      id: trial.id,
      completed_at: onTheDay('18:30'),
      results: { jams_per_hour: 0.33 },
      observations: 'One jam in three hours',
      recommendations: 'Keep 92 % until the rail is exchanged',
    },
    trial,
    { varies },
  ),
  step(getTrial, 'The trial', { id: trial.id }, trial, { varies }),
  step(
    listTrials,
    'The trials that were completed on the line',
    { line_id: line.id, status: 'completed' },
    wholeList(trial),
    { varies },
  ),
  step(planTrial, 'Another one is planned', { name: 'Faster capper', line_id: line.id }, secondTrial, { varies }),
  step(
    cancelTrial,
    'It is cancelled',
    { id: cancelledTrial.id, reason: 'The capper is being overhauled' },
    cancelledTrial,
    {
      varies: [...varies, 'cancelled_at'],
    },
  ),
];
