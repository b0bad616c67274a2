/** Line events: what other systems publish on `plantops.ingest.<tenant>.<line code>.<kind>`, and how a message is read. */
import { z } from 'zod';
import { fieldErrors } from './field-errors.ts';
import {
  code,
  counted,
  disposition,
  instant,
  lineState,
  money,
  phase,
  positiveQuantity,
  quantity,
  reasonCategory,
  reference,
  text,
} from './values.ts';
import type { ServiceName } from './topology.ts';

const common = { id: reference, source: reference.optional(), seq: z.int().min(0).optional() };
const reason = { reason_category: reasonCategory.optional(), reason_code: reference.optional() };

/** Every kind of line event: the service that applies it, and its body. Codes and numbers are the sender's own; never our ids. */
export const ingestKinds = {
  state: { owner: 'downtimes', body: z.strictObject({ ...common, at: instant, state: lineState, reason_code: reference.optional() }) },
  'downtime.started': {
    owner: 'downtimes',
    body: z.strictObject({
      ...common,
      ...reason,
      downtime_ref: reference,
      at: instant,
      is_planned: z.boolean().optional(),
      phase: phase.optional(),
      description: text.optional(),
      batch_number: reference.optional(),
    }),
  },
  'downtime.ended': {
    owner: 'downtimes',
    body: z
      .strictObject({
        ...common,
        ...reason,
        end_time: instant,
        downtime_ref: reference.optional(),
        start_time: instant.optional(),
        is_planned: z.boolean().optional(),
        phase: phase.optional(),
        root_cause: text.optional(),
        resolution: text.optional(),
        resolved_by: reference.optional(),
        description: text.optional(),
        batch_number: reference.optional(),
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
      at: instant,
      good: counted,
      reject: counted.optional(),
      batch_number: reference.optional(),
      product_code: code.optional(),
    }),
  },
  scrap: {
    owner: 'production',
    body: z.strictObject({
      ...common,
      at: instant,
      quantity: positiveQuantity,
      unit: reference.optional(),
      reason_code: reference.optional(),
      reason_category: reference.optional(),
      disposition: disposition.optional(),
      phase: phase.optional(),
      batch_number: reference.optional(),
      product_code: code.optional(),
      unit_cost: money.optional(),
      reported_by: reference.optional(),
      note: text.optional(),
    }),
  },
  'batch.started': {
    owner: 'production',
    body: z.strictObject({
      ...common,
      batch_number: reference,
      at: instant,
      product_code: code.optional(),
      planned_quantity: quantity.optional(),
      operator: reference.optional(),
    }),
  },
  'batch.completed': {
    owner: 'production',
    body: z.strictObject({
      ...common,
      batch_number: reference,
      at: instant,
      good_count: quantity.optional(),
      scrap_count: quantity.optional(),
      startup_scrap_count: quantity.optional(),
      rework_count: quantity.optional(),
      material_input: quantity.optional(),
    }),
  },
} as const satisfies Record<string, { owner: ServiceName; body: z.ZodType }>;

export type IngestKind = keyof typeof ingestKinds;
export type IngestBody<K extends IngestKind> = z.infer<(typeof ingestKinds)[K]['body']>;
/** A line event that can be applied: its kind and body fit together. */
export type LineEvent<K extends IngestKind = IngestKind> = {
  [P in K]: Readonly<{ tenant: string; line: string; kind: P; body: IngestBody<P> }>;
}[K];
/** A message that can never be applied, and why. */
export type Unusable = Readonly<{ tenant: string; line: string; kind: string; id: string | null; reason: string }>;

export const ingestSubject = (tenant: string, line: string, kind: string): string => `plantops.ingest.${tenant}.${line}.${kind}`;

/** Who stands behind a line event: the source it names, else the line itself. */
export const lineSystem = ({ body, line }: LineEvent): { actor: string } => ({ actor: `line:${body.source ?? line}` });

/** When a line event says that it happened, and the field that says so. */
export const happenedAt = ({ body }: LineEvent): { field: string; at: string } =>
  'at' in body ? { field: 'at', at: body.at } : { field: 'end_time', at: body.end_time };

/** The parts of an ingest subject. The kind is all that follows the line, however many tokens that is. */
export const parseIngestSubject = (subject: string): { tenant: string; line: string; kind: string } => {
  const [, , tenant = '', line = '', ...kind] = subject.split('.');
  return { tenant, line, kind: kind.join('.') };
};

/** The service that applies or rejects a kind; kinds nobody knows are production's to reject. */
export const ownerOfKind = (kind: string): ServiceName => (isKind(kind) ? ingestKinds[kind].owner : 'production');
const isKind = (kind: string): kind is IngestKind => Object.hasOwn(ingestKinds, kind);

/**
 * Reads one message: a CloudEvent or the bare data with an `id`.
 * The tenant is the one of the subject; a body that claims another is unusable.
 */
export const readLineEvent = (subject: string, payload: string): { ok: true; event: LineEvent } | { ok: false; unusable: Unusable } => {
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
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return refuse('the body must be one JSON object');
  const { tenant_id: claimed = address.tenant, ...body } = unwrap(message as Record<string, unknown>);
  const eventId = typeof body['id'] === 'string' && body['id'].length <= 200 ? body['id'] : null;
  if (!isKind(address.kind))
    return refuse(`unknown kind "${address.kind.slice(0, 100)}": use one of ${Object.keys(ingestKinds).join(', ')}`, eventId);
  if (!code.safeParse(address.line).success) return refuse('the line code must be 1 to 64 of A-Z, a-z, 0-9, _ and -', eventId);
  if (claimed !== address.tenant) return refuse(`tenant_id in the body is not ${address.tenant}, the tenant of the subject`, eventId);
  const parsed = ingestKinds[address.kind].body.safeParse(body);
  if (!parsed.success)
    return refuse(
      fieldErrors(parsed.error)
        .map((field) => `${field.path}: ${field.message}`)
        .join('; ')
        .slice(0, 2000),
      eventId,
    );
  return { ok: true, event: { ...address, kind: address.kind, body: parsed.data } as LineEvent };
};

const unwrap = (message: Record<string, unknown>): Record<string, unknown> => {
  const { data } = message;
  if (message['specversion'] === undefined || typeof data !== 'object' || data === null || Array.isArray(data)) return message;
  return { ...data, id: message['id'] };
};
