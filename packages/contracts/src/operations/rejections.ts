/** Line events that can never be applied. Each consuming service lists its own. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { listInput, listOutput, rowFields } from '../fields.ts';
import { serviceNames, topology, usesTenantStreams, type ServiceName } from '../topology.ts';
import { instant, reference } from '../values.ts';

export const rejectionRow = z
  .object({
    id: rowFields.id,
    tenant_id: z.string().describe('The tenant that owns it.'),
    service: z.string().describe('The service that stores it.'),
    line_code: z.string().describe('The code of the line.'),
    kind: z.string().describe('The kind of the line event, as its subject named it.'),
    event_id: z.string().nullable().describe("The sender's id of the event; null: it could not be read."),
    reason: z.string().describe('Why it could not be applied, and what to do about it.'),
    body: z.string().describe('The message as it came, cut after 4,000 characters.'),
    rejected_at: instant.describe('When it was rejected first.'),
    times: z.int().describe('How often it came and was rejected.'),
    last_rejected_at: instant.describe('When it was rejected last.'),
  })
  .meta({ id: 'Rejection' });
export type RejectionRow = z.infer<typeof rejectionRow>;
const declared = {
  name: 'list-rejections',
  role: 'engineer',
  summary: 'Line events that could not be applied, with the reason',
  input: listInput(
    {
      line_code: reference.describe('The code of the line, as the subject named it.').optional(),
      kind: reference.describe('The kind of the line event, as its subject named it.').optional(),
      event_id: reference.describe("The sender's id of the event.").optional(),
      from: instant.describe('Rejected at this instant or later; RFC 3339 with its zone.').optional(),
    },
    ['rejected_at'],
  ),
  output: listOutput(rejectionRow),
} as const;
const declaredFor = (service: ServiceName) => operationsOf(service).reads(declared);

/** The operation of each service that consumes or publishes line events or readings. */
export const rejections: ReadonlyMap<ServiceName, ReturnType<typeof declaredFor>> = new Map(
  serviceNames.filter((name) => usesTenantStreams(topology[name])).map((name) => [name, declaredFor(name)]),
);
export function rejectionsOf(service: ServiceName): ReturnType<typeof declaredFor> {
  return rejections.get(service) ?? declaredFor(service);
}
