/** Line events and readings that cannot be applied yet. Each consuming service lists its own. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { byId, field, listInput, listOutput, rowFields, stored } from '../fields.ts';
import { serviceNames, topology, type ServiceName } from '../topology.ts';
import { instant, reference } from '../values.ts';

export const waitReasons = [
  'too_old',
  'early',
  'clock_ahead',
  'released',
  'unknown_line',
  'unknown_product',
  'unknown_unit',
  'unknown_state',
  'unknown_batch',
  'unknown_downtime',
  'unknown_sensor',
] as const;
const reason = z
  .enum(waitReasons)
  .describe(
    'Why it waits. too_old: it happened more than late_after_days before it arrived. early: its time comes within 24 hours. clock_ahead: it lies further ahead. released: it waits for its turn. unknown_…: until that is known.',
  );
const kind = reference.describe('The kind of the line event; readings: the readings of a sensor.');
const eventId = reference.describe("The sender's id of the event; of readings, the code of the sensor.");
const filters = {
  line_code: field.line_code.optional(),
  kind: kind.optional(),
  event_id: eventId.optional(),
  reason: reason.optional(),
};

export const waitingRow = z
  .object({
    id: rowFields.id,
    tenant_id: rowFields.tenant_id,
    service: z.string().describe('The service in which it waits.'),
    line_code: z.string().describe('The code of the line.'),
    kind: stored(kind),
    event_id: stored(eventId),
    reason: z.string().describe(reason.description ?? ''),
    waits_for: z.string().describe('What it waits for, as line:FILL-9 or product:COLA-05; else the reason again.'),
    since: instant.describe('Since when it waits.'),
    happened_at: instant.nullable().describe('When it says that it happened; null: not known.'),
    body: z.string().describe('What it says, as JSON.'),
  })
  .meta({ id: 'Waiting' });
export type WaitingRow = z.infer<typeof waitingRow>;

export const releasedRow = waitingRow
  .extend({
    outcome: z
      .enum(['applied', 'waiting', 'rejected'])
      .describe('What came of it: applied; waiting, for something else now; or rejected.'),
    detail: z.string().nullable().describe('What it waits for now, or why it was rejected; null: it was applied.'),
  })
  .meta({ id: 'Released' });
export type ReleasedRow = z.infer<typeof releasedRow>;

export const releasedSum = z
  .object({
    released: z.int().describe('Released now; they are applied within seconds, at most 5,000 in each service.'),
    waiting: z.int().describe('Match too, and wait on: their time has not come, or what they wait for is not known.'),
  })
  .meta({ id: 'ReleasedSum' });
export type ReleasedSum = z.infer<typeof releasedSum>;

const declaredFor = (service: ServiceName) => ({
  list: operationsOf(service).reads({
    name: 'list-waiting',
    role: 'engineer',
    summary: 'Line events and readings that cannot be applied yet, and why',
    input: listInput(filters, ['since']),
    output: listOutput(waitingRow),
  }),
  release: operationsOf(service).writes({
    name: 'release-waiting',
    role: 'engineer',
    summary: 'Release a line event that waits: apply it now',
    input: byId,
    output: releasedRow,
    problems: ['not_found', 'illegal_transition'],
  }),
  releaseAll: operationsOf(service).writes({
    name: 'release-all-waiting',
    role: 'engineer',
    summary: 'Release all that wait, match the filters and can be released',
    input: z.strictObject(filters),
    output: releasedSum,
  }),
  discard: operationsOf(service).writes({
    name: 'discard-waiting',
    role: 'engineer',
    summary: 'Discard a line event that waits: the same event sent again does nothing',
    input: z.strictObject({ id: field.id, reason: field.reason.optional() }),
    output: waitingRow,
    problems: ['not_found'],
  }),
});

/** The operations of each service in which line events or readings wait. */
export const waiting: ReadonlyMap<ServiceName, ReturnType<typeof declaredFor>> = new Map(
  serviceNames
    .filter((name) => topology[name].listens.some((stream) => stream === 'ingest' || stream === 'readings'))
    .map((name) => [name, declaredFor(name)]),
);
export function waitingOf(service: ServiceName): ReturnType<typeof declaredFor> {
  return waiting.get(service) ?? declaredFor(service);
}

/** What the overview shows of the events that wait in a service. */
export const waitingCount = z.object({
  reason: z.string().describe('Why they wait.'),
  count: z.int().describe('How many wait.'),
});
export const waitingFigures = {
  waiting: z.array(waitingCount).optional().describe('What waits in the tenant, by reason.'),
};
const side = z.enum(['ahead', 'behind']).describe('Whether its events lie ahead of the clock, or arrive too old.');
export const lineClockFigures = {
  ...waitingFigures,
  line_clocks: z
    .array(
      z.object({
        line_id: field.line_id,
        side,
        events: z.int().describe('How many of its events wait for that.'),
        since: instant.describe('Since when the first of them waits.'),
        offset_minutes: z.number().describe('The most that an event differs from its arrival, minutes.'),
        limit_minutes: z.number().describe('From when on events wait, minutes.'),
      }),
    )
    .optional()
    .describe('Lines whose clock is not plausible.'),
};
export type LineClock = NonNullable<z.infer<z.ZodObject<typeof lineClockFigures>>['line_clocks']>[number];
