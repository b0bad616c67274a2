/** Line events that can never be applied: each consuming service lists its own, in the same words. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { serviceNames, topology, type ServiceName } from '../topology.ts';
import { id, instant, listInput, listOutput } from '../values.ts';

export const rejectionRow = z.object({
  id,
  tenant_id: z.string(),
  service: z.string(),
  line_code: z.string(),
  kind: z.string(),
  event_id: z.string().nullable(),
  reason: z.string(),
  body: z.string(),
  rejected_at: instant,
});
export type RejectionRow = z.infer<typeof rejectionRow>;
const declared = {
  name: 'list-rejections',
  role: 'admin',
  summary: 'Line events that could not be applied, with the reason',
  input: listInput({}, ['rejected_at']),
  output: listOutput(rejectionRow),
} as const;
const declaredFor = (service: ServiceName) => operationsOf(service).reads(declared);

/** The operation of each service that consumes line events or readings. */
export const rejections: ReadonlyMap<ServiceName, ReturnType<typeof declaredFor>> = new Map(
  serviceNames
    .filter((name) => topology[name].listens.some((kind) => kind === 'ingest' || kind === 'readings'))
    .map((name) => [name, declaredFor(name)]),
);
export const rejectionsOf = (service: ServiceName): ReturnType<typeof declaredFor> => rejections.get(service) ?? declaredFor(service);
