import { p } from '@mikro-orm/core';
import type { TrialRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const Trial = table<TrialRow>()('trial', {
  trial_number: p.text(),
  name: p.text(),
  description: p.text().nullable(),
  hypothesis: p.text().nullable(),
  plant_id: p.uuid(),
  line_id: p.uuid(),
  batch_id: p.uuid().nullable(),
  parameters: p.json(),
  success_criteria: p.json(),
  expected_outcome: p.text().nullable(),
  planned_start: p.datetime().nullable(),
  planned_end: p.datetime().nullable(),
  status: p.text(),
  started_at: p.datetime().nullable(),
  completed_at: p.datetime().nullable(),
  cancelled_at: p.datetime().nullable(),
  cancellation_reason: p.text().nullable(),
  results: p.json().nullable(),
  was_successful: p.boolean().nullable(),
  observations: p.text().nullable(),
  learnings: p.text().nullable(),
  recommendations: p.text().nullable(),
  suggested_by_ai: p.boolean(),
  ai_suggestion_id: p.text().nullable(),
});
