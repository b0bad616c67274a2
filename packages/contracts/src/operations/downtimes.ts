/** Downtimes: the stops of the lines, reported by people or by line events. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import {
  byId,
  changeFields,
  cursor,
  field,
  flag,
  items,
  listInput,
  listOutput,
  nextCursor,
  rowFields,
  stored,
  window,
  windowFields,
} from '../fields.ts';
import { id, instant, lineState, printableCode, quantity, reasonCategory, reference } from '../values.ts';
import { lineClockFigures } from './waiting.ts';

const { reads, writes } = operationsOf('downtimes');
const { fact, signal, master } = eventsOf('downtimes');

const unitsLost = quantity.describe(
  'Units that somebody says were lost, for the record; no money is computed from it.',
);
const acknowledgedAt = instant.describe('When somebody acknowledged the stop; default now.');
const acknowledgedBy = reference.describe('Who acknowledged the stop and works on it; default the caller.');
const status = z.enum(['open', 'ended']).describe('The status in its life cycle.');
const isFailure = z.boolean().describe('Whether it is a failure of the equipment: it counts in MTBF and MTTR.');
const isExcluded = z
  .boolean()
  .describe('Whether its time counts as not scheduled at all: in no OEE, and without a loss.');
const isUnavoidable = z.boolean().describe('Whether its loss could not have been avoided.');

export const downtimeRow = z
  .object({
    ...rowFields,
    line_id: field.line_id,
    batch_id: field.batch_id.nullable(),
    batch_number: stored(field.batch_number).nullable(),
    start_time: field.start_time,
    end_time: field.end_time.nullable(),
    duration_minutes: z.number().nullable().describe('From start_time to end_time, minutes; null: it is open.'),
    status,
    reason_category: field.reason_category,
    reason_code: stored(field.reason_code).nullable(),
    description: stored(field.description).nullable(),
    root_cause: stored(field.root_cause).nullable(),
    resolution: stored(field.resolution).nullable(),
    is_planned: field.is_planned,
    is_micro_stop: z.boolean().describe("Whether it was unplanned and shorter than the line's micro_stop_seconds."),
    phase: field.phase,
    units_lost: unitsLost.nullable(),
    reported_by: stored(field.reported_by).nullable(),
    acknowledged_by: stored(acknowledgedBy).nullable(),
    acknowledged_at: acknowledgedAt.nullable(),
    resolved_by: stored(field.resolved_by).nullable(),
    response_time_minutes: z
      .number()
      .nullable()
      .describe('From start_time to acknowledged_at, minutes; null: not acknowledged.'),
    source: z
      .enum(['manual', 'event', 'silence'])
      .describe(
        'manual: people reported it; event: a line system did; silence: the line sent no event for longer than its silence_seconds.',
      ),
    is_end_assumed: z
      .boolean()
      .describe(
        'Whether the end is assumed, because the line counts good units again. An end that somebody gives or reports replaces it.',
      ),
    external_id: z.string().nullable().describe('What the line system calls the stop; null: people reported it.'),
    is_overlapping: z
      .boolean()
      .describe(
        'Whether it was reported over the time of another stop. It is kept and pays only for the time that the other one does not hold.',
      ),
    origin_id: id
      .nullable()
      .describe(
        'What the parts of one stop share: the parts of a split stop, and of one departure of a line from running. null: it is whole.',
      ),
    reason_source: z
      .enum(['inherited'])
      .nullable()
      .describe(
        'inherited: reports that came late moved this time out of a stop whose reason a person had given; it counts until somebody gives another. null: the stop has its own reason.',
      ),
    is_excluded: isExcluded,
    is_failure: isFailure,
    is_unavoidable: isUnavoidable,
    voided_at: field.voided_at.nullable(),
    void_reason: field.void_reason.nullable(),
  })
  .meta({ id: 'Downtime' });
export type DowntimeRow = z.infer<typeof downtimeRow>;
/** A downtime as it is answered: with what it has cost so far, the sum of its postings. */
export const downtimeView = downtimeRow
  .extend({ cost_impact: z.number().describe('What the stop has cost so far, US dollars: the sum of its postings.') })
  .meta({ id: 'DowntimeView' });

/** What a person can report of a stop at its start, at its end and in a correction. */
const reported = {
  reason_code: field.reason_code.nullable().optional(),
  description: field.description.nullable().optional(),
  root_cause: field.root_cause.nullable().optional(),
  units_lost: unitsLost.nullable().optional(),
};

export const startDowntime = writes({
  name: 'start',
  role: 'operator',
  summary: 'Record a stop: open, or complete with its end_time',
  output: downtimeRow,
  problems: ['overlap'],
  input: z.strictObject({
    line_id: field.line_id,
    start_time: field.start_time.optional(),
    end_time: field.end_time.nullable().optional(),
    reason_category: field.reason_category.optional(),
    is_planned: field.is_planned.optional(),
    phase: field.phase.default('production'),
    batch_id: field.batch_id.nullable().optional(),
    ...reported,
    resolution: field.resolution.nullable().optional(),
    reported_by: field.reported_by.nullable().optional(),
    resolved_by: field.resolved_by.nullable().optional(),
  }),
});
export const acknowledgeDowntime = writes({
  name: 'acknowledge',
  role: 'operator',
  summary: 'Acknowledge a stop: somebody works on it',
  output: downtimeRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    acknowledged_at: acknowledgedAt.optional(),
    acknowledged_by: acknowledgedBy.optional(),
  }),
});
export const endDowntime = writes({
  name: 'end',
  role: 'operator',
  summary: 'End an open stop',
  output: downtimeRow,
  problems: ['not_found', 'illegal_transition', 'overlap', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    end_time: field.end_time.optional(),
    reason_category: field.reason_category.optional(),
    ...reported,
    resolution: field.resolution.nullable().optional(),
    resolved_by: field.resolved_by.nullable().optional(),
  }),
});
export const amendDowntime = writes({
  name: 'amend',
  role: 'operator',
  summary: 'Correct a stop, also after its end',
  output: downtimeRow,
  problems: ['not_found', 'illegal_transition', 'overlap', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    start_time: field.start_time.optional(),
    end_time: field.end_time.optional(),
    reason_category: field.reason_category.optional(),
    is_planned: field.is_planned.optional(),
    phase: field.phase.optional(),
    batch_id: field.batch_id.nullable().optional(),
    ...reported,
    resolution: field.resolution.nullable().optional(),
    reported_by: field.reported_by.nullable().optional(),
    resolved_by: field.resolved_by.nullable().optional(),
  }),
});
export const voidDowntime = writes({
  name: 'void',
  role: 'operator',
  summary: 'Void a stop, with a reason',
  output: downtimeRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({ id: field.id, reason: field.reason }),
});
export const splitDowntime = writes({
  name: 'split',
  role: 'operator',
  summary:
    'Split an ended stop in two at an instant. The second part gets the fields named; thresholds and failures count both as one stop',
  output: z.object({ items: items(downtimeRow) }),
  problems: ['not_found', 'illegal_transition', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    at: instant.describe('Where the stop is split, between its start_time and its end_time.'),
    reason_category: field.reason_category.optional(),
    is_planned: field.is_planned.optional(),
    phase: field.phase.optional(),
    reason_code: field.reason_code.nullable().optional(),
    description: field.description.nullable().optional(),
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
      line_id: field.line_id.optional(),
      plant_id: field.plant_id.optional(),
      batch_id: field.batch_id.optional(),
      status: status.optional(),
      reason_category: field.reason_category.optional(),
      reason_code: field.reason_code.optional(),
      is_planned: flag(field.is_planned).optional(),
      ...windowFields,
      ...changeFields,
    },
    ['start_time', 'created_at'],
  ),
});

export const downtimeStarted = fact('downtime.started', downtimeRow, 'A stop began');
export const downtimeAcknowledged = fact('downtime.acknowledged', downtimeRow, 'A stop was acknowledged');
export const downtimeEnded = fact('downtime.ended', downtimeRow, 'A stop ended');
export const downtimeAmended = fact('downtime.amended', downtimeRow, 'A stop was corrected');
export const downtimeVoided = fact('downtime.voided', downtimeRow, 'A stop was voided');
/**
 * The state that a line reported at an instant; it holds until the next report. Reports never change: their order of
 * arrival is irrelevant.
 */
export const stateReport = z
  .object({
    id: id.describe('UUID of the report.'),
    line_id: field.line_id,
    at: field.at,
    state: field.state,
    reason_code: stored(field.reason_code).nullable(),
    seq: field.seq.optional(),
  })
  .meta({ id: 'StateReport' });
export type StateReport = z.infer<typeof stateReport>;
/** The sequence of a report: the higher is the last word of its instant. Older events have it in the bits of their id. */
export function seqOf({ id: reportId, seq }: Pick<StateReport, 'id' | 'seq'>): number {
  if (seq !== undefined) return seq;
  const byte = (at: number) => Number.parseInt(reportId.replaceAll('-', '').slice(2 * at, 2 * at + 2), 16);
  return (
    (byte(6) & 0xf) * 2 ** 28 + byte(7) * 2 ** 20 + (byte(8) & 0x3f) * 2 ** 14 + byte(9) * 2 ** 6 + (byte(10) >> 2)
  );
}
/** A state as the accounting of time needs it: from the last event of a silent line on none holds. */
export const heldState = stateReport
  .extend({ state: z.enum([...lineState.options, 'silent']).describe('The state that holds from then on.') })
  .meta({ id: 'HeldState' });
export type HeldState = z.infer<typeof heldState>;
export const stateChanged = signal('state.changed', stateReport, 'A line reported a state');

// ---- the reason tree
const MOST_REASONS = 500;
const reasonFields = {
  code: printableCode.describe('The code of the reason, unique in the tree.'),
  name: field.name,
  category: reasonCategory.describe('The kind of reason that stops with it have.'),
  parent_code: printableCode.describe('The code of the reason above it in the tree; null: none.'),
};
export const reasonRow = z
  .object({
    ...rowFields,
    ...reasonFields,
    parent_code: stored(reasonFields.parent_code).nullable(),
    is_planned: field.is_planned,
    is_failure: isFailure,
    is_excluded: isExcluded,
    is_unavoidable: isUnavoidable,
    is_active: field.is_active,
  })
  .meta({ id: 'Reason' });
export type ReasonRow = z.infer<typeof reasonRow>;
export const listReasons = reads({
  name: 'list-reasons',
  role: 'viewer',
  summary: "The tenant's reasons for stops",
  output: listOutput(reasonRow),
  input: listInput(
    {
      code: reasonFields.code.optional(),
      category: reasonFields.category.optional(),
      is_active: flag(field.is_active).optional(),
      ...changeFields,
    },
    ['created_at'],
  ),
});
const reason = z.strictObject({
  ...reasonFields,
  parent_code: reasonFields.parent_code.nullable().default(null),
  is_planned: field.is_planned.optional(),
  is_failure: isFailure.optional(),
  is_excluded: isExcluded.default(false),
  is_unavoidable: isUnavoidable.optional(),
});
export const setReasons = writes({
  name: 'set-reasons',
  role: 'operator',
  summary:
    'Set the whole reason tree; a reason that is left out is retired, not deleted. Stops keep what their reason meant when it was given',
  output: z.object({ items: items(reasonRow) }),
  input: z.strictObject({
    items: z
      .array(reason)
      .max(MOST_REASONS, `must be at most ${MOST_REASONS} reasons`)
      .describe('The whole tree; the reasons left out are retired.'),
  }),
});
export const reasonCreated = master('reason.created', reasonRow, 'A reason was added to the tree');
export const reasonUpdated = master('reason.updated', reasonRow, 'A reason changed, or was retired');

// ---- for the reconciliation of the ledger
const kind = (what: 'stop' | 'state') => z.literal(what).describe('What the row is: a stop or a state report.');
export const getDowntimeRows = reads({
  name: 'get-rows',
  internal: true,
  role: 'viewer',
  summary:
    "A line's stops that overlap a window, whole with all their parts, and the states it reported, the last one before included",
  input: z.strictObject({ line_id: field.line_id, ...window, cursor: cursor.optional() }),
  output: z.object({
    items: items(
      z.discriminatedUnion('kind', [
        z.object({ kind: kind('stop'), row: downtimeRow.describe('The row, whole.') }),
        z.object({ kind: kind('state'), row: heldState.describe('The row, whole.') }),
      ]),
    ),
    next_cursor: nextCursor,
  }),
});

// ---- for the overview
export const openStop = downtimeRow
  .pick({ id: true, line_id: true, start_time: true, reason_category: true, is_planned: true, description: true })
  .extend({ source: downtimeRow.shape.source.optional() })
  .meta({ id: 'OpenStop' });
const countingStop = z.object({
  id: field.id,
  line_id: field.line_id,
  start_time: field.start_time,
  counted_from: instant.describe('When the line counted good units again, later than late units come.'),
  is_end_assumed: downtimeRow.shape.is_end_assumed,
});
const lostDevice = z.object({
  line_id: field.line_id,
  device: z.string().describe('The device, as group/node/device of Sparkplug B.'),
  since: instant.describe('Since when it is away.'),
  reason: z.string().describe('What was noticed.'),
});
export const getDowntimeFigures = reads({
  name: 'get-figures',
  internal: true,
  role: 'viewer',
  summary: 'What the overview shows of stops now: the open ones',
  output: z.object({
    ...lineClockFigures,
    open: z.array(openStop).describe('The open stops.'),
    lost_devices: z.array(lostDevice).optional().describe('Devices that report for lines and are away.'),
    counting: z
      .array(countingStop)
      .optional()
      .describe('Stops that nobody has ended although their lines count units, the last one of each line.'),
  }),
  input: z.strictObject({ line_id: field.line_id.optional(), plant_id: field.plant_id.optional() }),
});
