/** Downtimes: the stops of the lines, reported by people or by line events. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import {
  byId,
  id,
  inQuery,
  instant,
  lineState,
  listInput,
  listOutput,
  name,
  phase,
  quantity,
  reasonCategory,
  reference,
  rowFields,
  text,
  windowFields,
} from '../values.ts';

const { reads, writes } = operationsOf('downtimes');
const { fact, signal, master } = eventsOf('downtimes');

const nullableText = z.string().nullable();
export const downtimeRow = z.object({
  ...rowFields,
  line_id: id,
  batch_id: id.nullable(),
  batch_number: nullableText,
  start_time: instant,
  end_time: instant.nullable(),
  duration_minutes: z.number().nullable(),
  status: z.enum(['open', 'ended']),
  reason_category: reasonCategory,
  reason_code: nullableText,
  description: nullableText,
  root_cause: nullableText,
  resolution: nullableText,
  is_planned: z.boolean(),
  is_micro_stop: z.boolean(),
  phase,
  units_lost: quantity.nullable(),
  reported_by: nullableText,
  acknowledged_by: nullableText,
  acknowledged_at: instant.nullable(),
  resolved_by: nullableText,
  response_time_minutes: z.number().nullable(),
  source: z.enum(['manual', 'event']),
  external_id: nullableText,
  is_overlapping: z.boolean(),
  origin_id: id.nullable(),
  is_excluded: z.boolean(),
  is_failure: z.boolean(),
  is_unavoidable: z.boolean(),
  voided_at: instant.nullable(),
  void_reason: nullableText,
});
export type DowntimeRow = z.infer<typeof downtimeRow>;
/** A downtime as it is answered: with what it has cost so far, the sum of its postings. */
export const downtimeView = downtimeRow.extend({ cost_impact: z.number() });

const told = {
  reason_code: reference.nullable(),
  description: text.nullable(),
  root_cause: text.nullable(),
  units_lost: quantity.nullable(),
};
const optionalTold = z.object(told).partial().shape;

export const startDowntime = writes({
  name: 'start',
  role: 'operator',
  summary: 'Record a stop: open, or complete with its end_time',
  output: downtimeRow,
  problems: ['overlap'],
  input: z.strictObject({
    line_id: id,
    start_time: instant.optional(),
    end_time: instant.nullable().optional(),
    reason_category: reasonCategory.optional(),
    is_planned: z.boolean().optional(),
    phase: phase.default('production'),
    batch_id: id.nullable().optional(),
    ...optionalTold,
    resolution: text.nullable().optional(),
    reported_by: reference.nullable().optional(),
    resolved_by: reference.nullable().optional(),
  }),
});
export const acknowledgeDowntime = writes({
  name: 'acknowledge',
  role: 'operator',
  summary: 'Say that somebody is at it',
  output: downtimeRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id, acknowledged_at: instant.optional(), acknowledged_by: reference.optional() }),
});
export const endDowntime = writes({
  name: 'end',
  role: 'operator',
  summary: 'End an open stop',
  output: downtimeRow,
  problems: ['not_found', 'illegal_transition', 'overlap', 'stale_version'],
  input: z.strictObject({
    id,
    end_time: instant.optional(),
    reason_category: reasonCategory.optional(),
    ...optionalTold,
    resolution: text.nullable().optional(),
    resolved_by: reference.nullable().optional(),
  }),
});
export const amendDowntime = writes({
  name: 'amend',
  role: 'operator',
  summary: 'Correct a stop, also after its end',
  output: downtimeRow,
  problems: ['not_found', 'illegal_transition', 'overlap', 'stale_version'],
  input: z.strictObject({
    id,
    start_time: instant.optional(),
    end_time: instant.optional(),
    reason_category: reasonCategory.optional(),
    is_planned: z.boolean().optional(),
    phase: phase.optional(),
    batch_id: id.nullable().optional(),
    ...optionalTold,
    resolution: text.nullable().optional(),
    reported_by: reference.nullable().optional(),
    resolved_by: reference.nullable().optional(),
  }),
});
export const voidDowntime = writes({
  name: 'void',
  role: 'operator',
  summary: 'Take a stop back, with a reason',
  output: downtimeRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id, reason: text }),
});
export const splitDowntime = writes({
  name: 'split',
  role: 'operator',
  summary: 'Cut an ended stop in two at an instant; the second part takes the fields named, they stay one stop for thresholds and failures',
  output: z.object({ items: z.array(downtimeRow) }),
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({
    id,
    at: instant,
    reason_category: reasonCategory.optional(),
    is_planned: z.boolean().optional(),
    phase: phase.optional(),
    reason_code: reference.nullable().optional(),
    description: text.nullable().optional(),
  }),
});
export const getDowntime = reads({
  name: 'get',
  role: 'viewer',
  summary: 'One downtime',
  input: byId,
  output: downtimeView,
  problems: ['not_found'],
});
export const listDowntimes = reads({
  name: 'list',
  role: 'viewer',
  summary: 'Downtimes',
  output: listOutput(downtimeView),
  input: listInput(
    {
      line_id: id.optional(),
      plant_id: id.optional(),
      batch_id: id.optional(),
      status: z.enum(['open', 'ended']).optional(),
      reason_category: reasonCategory.optional(),
      reason_code: reference.optional(),
      is_planned: inQuery.flag.optional(),
      ...windowFields,
    },
    ['start_time', 'created_at'],
  ),
});

export const downtimeStarted = fact('downtime.started', downtimeRow, 'A stop began');
export const downtimeAcknowledged = fact('downtime.acknowledged', downtimeRow, 'Somebody is at a stop');
export const downtimeEnded = fact('downtime.ended', downtimeRow, 'A stop ended');
export const downtimeAmended = fact('downtime.amended', downtimeRow, 'A stop was corrected');
export const downtimeVoided = fact('downtime.voided', downtimeRow, 'A stop was taken back');
/** What a line said of itself at an instant; it holds until the next report. Reports never change, so their order of arrival does not matter. */
export const stateReport = z.object({ id, line_id: id, at: instant, state: lineState, reason_code: nullableText });
export type StateReport = z.infer<typeof stateReport>;
export const stateChanged = signal('state.changed', stateReport, 'A line reported a state');

// ---- the reason tree
export const reasonRow = z.object({
  ...rowFields,
  code: reference,
  name,
  category: reasonCategory,
  parent_code: nullableText,
  is_planned: z.boolean(),
  is_failure: z.boolean(),
  is_excluded: z.boolean(),
  is_unavoidable: z.boolean(),
  is_active: z.boolean(),
});
export type ReasonRow = z.infer<typeof reasonRow>;
const MOST_REASONS = 500;
export const listReasons = reads({
  name: 'list-reasons',
  role: 'viewer',
  summary: "The tenant's reasons for stops",
  output: listOutput(reasonRow),
  input: listInput({ code: reference.optional(), category: reasonCategory.optional(), is_active: inQuery.flag.optional() }, ['created_at']),
});
export const setReasons = writes({
  name: 'set-reasons',
  role: 'operator',
  summary:
    'Set the whole reason tree; a reason that is left out is retired, not forgotten. Stops keep what their reason meant when it was given',
  output: z.object({ items: z.array(reasonRow) }),
  input: z.strictObject({
    items: z
      .array(
        z.strictObject({
          code: reference,
          name,
          category: reasonCategory,
          parent_code: reference.nullable().default(null),
          is_planned: z.boolean().optional(),
          is_failure: z.boolean().optional(),
          is_excluded: z.boolean().default(false),
          is_unavoidable: z.boolean().optional(),
        }),
      )
      .max(MOST_REASONS, `must be at most ${MOST_REASONS} reasons`),
  }),
});
export const reasonCreated = master('reason.created', reasonRow, 'A reason was added to the tree');
export const reasonUpdated = master('reason.updated', reasonRow, 'A reason changed, or was retired');

// ---- for an independent reckoning
export const getDowntimeRows = reads({
  name: 'get-rows',
  internal: true,
  role: 'viewer',
  summary: "A line's stops that touch a window, whole with all their parts, and the states it reported, the last one before included",
  input: z.strictObject({ line_id: id, from: instant, to: instant, cursor: z.string().max(400).optional() }),
  output: z.object({
    items: z.array(
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('stop'), row: downtimeRow }),
        z.object({ kind: z.literal('state'), row: stateReport }),
      ]),
    ),
    next_cursor: z.string().nullable(),
  }),
});

// ---- for the overview
export const openStop = z.object({
  id,
  line_id: id,
  start_time: instant,
  reason_category: reasonCategory,
  is_planned: z.boolean(),
  description: nullableText,
});
const downtimeFigures = z.object({ open: z.array(openStop) });
export const getDowntimeFigures = reads({
  name: 'get-figures',
  internal: true,
  role: 'viewer',
  summary: 'What the overview shows of stops now: the open ones',
  output: downtimeFigures,
  input: z.strictObject({ line_id: id.optional(), plant_id: id.optional() }),
});
