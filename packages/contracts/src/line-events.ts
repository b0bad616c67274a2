/**
 * Line events: what other systems publish on `plantops.ingest.<tenant>.<line code>.<kind>`, and the reader of a
 * message.
 */
import { z } from 'zod';
import { fieldErrors } from './field-errors.ts';
import { field } from './fields.ts';
import { normalLine } from './normal.ts';
import { batchFields, countFields } from './operations/batches.ts';
import { scrapCategory } from './operations/scrap.ts';
import { stateName } from './state-names.ts';
import type { ServiceName } from './topology.ts';
import { code, CODE_RULE, MOST_REFERENCE_CHARACTERS, quantity, reference } from './values.ts';

/** How much of an unusable message its reason shows. */
export const MOST_REASON_CHARACTERS = 2_000;
const MOST_KIND_CHARACTERS = 100;

const common = {
  id: reference.describe("The sender's id of the event: an event with the same id counts once."),
  source: field.source.optional(),
  seq: field.seq.optional(),
  backfill: z
    .boolean()
    .describe('true: it is sent late on purpose. Without it, an event that is too old when it arrives waits.')
    .optional(),
};
const reason = { reason_category: field.reason_category.optional(), reason_code: field.reason_code.optional() };
const downtimeRef = reference.describe('What the sender calls the stop: the same in its start and its end.');
const counterTotal = quantity.describe(
  'What the counter shows: all that it has counted. Its units are the differences between its readings.',
);
const counterName = z
  .enum(['good', 'reject'])
  .describe('What the counter counts: good units, which is the default, or rejected ones.');

const batchWord = z.strictObject({ ...common, batch_number: field.batch_number, at: field.at });

/**
 * Every kind of line event: the service that applies it, and its body. Codes and numbers are the sender's, never ids of
 * PlantOps.
 */
export const ingestKinds = {
  state: {
    owner: 'downtimes',
    body: z.strictObject({
      ...common,
      at: field.at,
      state: stateName,
      reason_code: field.reason_code.optional(),
    }),
  },
  'downtime.started': {
    owner: 'downtimes',
    body: z.strictObject({
      ...common,
      ...reason,
      downtime_ref: downtimeRef,
      at: field.at,
      is_planned: field.is_planned.optional(),
      phase: field.phase.optional(),
      description: field.description.optional(),
      batch_number: field.batch_number.optional(),
    }),
  },
  'downtime.ended': {
    owner: 'downtimes',
    body: z
      .strictObject({
        ...common,
        ...reason,
        end_time: field.end_time.describe('When the stop ended, after its start_time.'),
        downtime_ref: downtimeRef
          .describe('What the sender calls the stop, as in its start. Send it, or the start_time.')
          .optional(),
        start_time: field.start_time.describe('When the stop began. Send it, or the downtime_ref.').optional(),
        is_planned: field.is_planned.optional(),
        phase: field.phase.optional(),
        root_cause: field.root_cause.optional(),
        resolution: field.resolution.optional(),
        resolved_by: field.resolved_by.optional(),
        description: field.description.optional(),
        batch_number: field.batch_number.optional(),
      })
      .refine((body) => body.downtime_ref !== undefined || body.start_time !== undefined, {
        path: ['downtime_ref'],
        message: 'send the downtime_ref of its start, or its start_time',
      })
      .refine((body) => body.start_time === undefined || body.start_time < body.end_time, {
        path: ['end_time'],
        message: 'must be after start_time',
      }),
  },
  count: {
    owner: 'production',
    body: z.strictObject({
      ...common,
      at: field.at,
      good: countFields.good,
      reject: countFields.reject.optional(),
      unit: field.given_unit.optional(),
      batch_number: field.batch_number.optional(),
      product_code: field.product_code.optional(),
    }),
  },
  counter: {
    owner: 'production',
    body: z.strictObject({
      ...common,
      at: field.at,
      total: counterTotal,
      counter: counterName.optional(),
      unit: field.given_unit.optional(),
      batch_number: field.batch_number.optional(),
      product_code: field.product_code.optional(),
    }),
  },
  scrap: {
    owner: 'production',
    body: z.strictObject({
      ...common,
      at: field.at,
      quantity: field.quantity,
      unit: field.given_unit.optional(),
      reason_code: field.reason_code.optional(),
      reason_category: scrapCategory.optional(),
      disposition: field.disposition.optional(),
      phase: field.phase.optional(),
      batch_number: field.batch_number.optional(),
      product_code: field.product_code.optional(),
      unit_cost: field.unit_cost
        .optional()
        .describe("What one of the given unit costs, US dollars; default the product's own cost."),
      reported_by: field.reported_by.optional(),
      note: field.notes.optional(),
    }),
  },
  'batch.started': {
    owner: 'production',
    body: z.strictObject({
      ...common,
      batch_number: field.batch_number,
      at: field.at,
      product_code: field.product_code.optional(),
      planned_quantity: batchFields.planned_quantity.optional(),
      unit: field.given_unit.optional(),
      operator: batchFields.operator.optional(),
    }),
  },
  'batch.paused': { owner: 'production', body: batchWord },
  'batch.resumed': { owner: 'production', body: batchWord },
  'batch.completed': {
    owner: 'production',
    body: z.strictObject({
      ...common,
      batch_number: field.batch_number,
      at: field.at,
      good_count: batchFields.good_count.optional(),
      scrap_count: batchFields.scrap_count.optional(),
      startup_scrap_count: batchFields.startup_scrap_count.optional(),
      rework_count: batchFields.rework_count.optional(),
      material_input: batchFields.material_input.optional(),
      unit: field.given_unit.optional(),
    }),
  },
} as const satisfies Record<string, { owner: ServiceName; body: z.ZodType }>;

export type IngestKind = keyof typeof ingestKinds;
/** What it says happened; `backfill` is about its sending, and no part of it. */
export type IngestBody<K extends IngestKind> = Omit<z.infer<(typeof ingestKinds)[K]['body']>, 'backfill'>;
/** A line event that can be applied: its kind and body fit together. */
export type LineEvent<K extends IngestKind = IngestKind> = {
  [P in K]: Readonly<{ tenant: string; line: string; kind: P; body: IngestBody<P> }>;
}[K];
/** A message that can never be applied, and why. */
export type Unusable = Readonly<{ tenant: string; line: string; kind: string; id: string | null; reason: string }>;

export function ingestSubject(tenant: string, line: string, kind: string): string {
  return `plantops.ingest.${tenant}.${line}.${kind}`;
}

type Reported = Readonly<{ line: string; body: Readonly<{ source?: string | undefined }> }>;
/** The actor of a line event: the source it names, else the line itself. */
export function lineSystem({ body, line }: Reported): { actor: string } {
  return { actor: `line:${body.source ?? line}` };
}

/** When a line event says that it happened, and the field that says so. */
export function happenedAt({ body }: LineEvent): { field: string; at: string } {
  return 'at' in body ? { field: 'at', at: body.at } : { field: 'end_time', at: body.end_time };
}

/** The parts of an ingest subject. The kind is all that follows the line, however many tokens that is. */
export function parseIngestSubject(subject: string): { tenant: string; line: string; kind: string } {
  const [, , tenant = '', line = '', ...kind] = subject.split('.');
  return { tenant, line, kind: kind.join('.') };
}

/** The service that applies or rejects a kind; production rejects unknown kinds. */
export function ownerOfKind(kind: string): ServiceName {
  return isKind(kind) ? ingestKinds[kind].owner : 'production';
}
const isKind = (kind: string): kind is IngestKind => Object.hasOwn(ingestKinds, kind);

/**
 * Reads one message: a CloudEvent or the bare data with an `id`.
 * The tenant is the one of the subject; a body that claims another is unusable. With or without `backfill`, it is the
 * same event.
 */
export function readLineEvent(
  subject: string,
  payload: string,
): { ok: true; event: LineEvent; isBackfill: boolean } | { ok: false; unusable: Unusable } {
  const address = parseIngestSubject(subject);
  const refuse = (why: string, eventId: string | null = null) => ({
    ok: false as const,
    unusable: { ...address, id: eventId, reason: why },
  });
  let message: unknown;
  try {
    message = JSON.parse(payload);
  } catch {
    return refuse('the body is not JSON: send one JSON object');
  }
  if (typeof message !== 'object' || message === null || Array.isArray(message))
    return refuse('the body must be one JSON object');
  const { tenant_id: claimed = address.tenant, ...body } = unwrap(message as Record<string, unknown>);
  const eventId =
    typeof body['id'] === 'string' && body['id'].length <= MOST_REFERENCE_CHARACTERS ? normalLine(body['id']) : null;
  if (!isKind(address.kind))
    return refuse(
      `unknown kind "${address.kind.slice(0, MOST_KIND_CHARACTERS)}": use one of ${Object.keys(ingestKinds).join(', ')}`,
      eventId,
    );
  if (!code.safeParse(address.line).success) return refuse(`the line code must be ${CODE_RULE}`, eventId);
  if (claimed !== address.tenant)
    return refuse(`tenant_id in the body is not ${address.tenant}, the tenant of the subject`, eventId);
  const parsed = ingestKinds[address.kind].body.safeParse(body);
  if (!parsed.success)
    return refuse(
      fieldErrors(parsed.error)
        .map(({ path, message: why }) => `${path}: ${why}`)
        .join('; ')
        .slice(0, MOST_REASON_CHARACTERS),
      eventId,
    );
  const { backfill, ...happened } = parsed.data;
  return {
    ok: true,
    event: { ...address, kind: address.kind, body: happened } as LineEvent,
    isBackfill: backfill === true,
  };
}

const unwrap = (message: Record<string, unknown>): Record<string, unknown> => {
  const { data } = message;
  if (message['specversion'] === undefined || typeof data !== 'object' || data === null || Array.isArray(data))
    return message;
  return { ...data, id: message['id'] };
};
