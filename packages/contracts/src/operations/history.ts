/** Who changed what, and when: the announcements of a row, kept by the service that owns it. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import type { ServiceName } from '../topology.ts';
import { id, instant, listInput, listOutput } from '../values.ts';

/** The resources that have a history: who keeps it, and what their events are named after. */
export const historyOwners = {
  plants: { service: 'production', entity: 'plant' },
  lines: { service: 'production', entity: 'line' },
  products: { service: 'production', entity: 'product' },
  batches: { service: 'production', entity: 'batch' },
  counts: { service: 'production', entity: 'count' },
  scrap: { service: 'production', entity: 'scrap' },
  downtimes: { service: 'downtimes', entity: 'downtime' },
  'downtime-reasons': { service: 'downtimes', entity: 'reason' },
  trials: { service: 'trials', entity: 'trial' },
  'money-leaks': { service: 'money-leaks', entity: 'money_leak' },
  sensors: { service: 'sensors', entity: 'sensor' },
} as const satisfies Record<string, { service: ServiceName; entity: string }>;
export type HistoryResource = keyof typeof historyOwners;
const resources = Object.keys(historyOwners) as [HistoryResource, ...HistoryResource[]];

export const historyEntry = z.object({
  id,
  time: instant,
  type: z.string(),
  actor: z.string(),
  version: z.int().nullable(),
  trace_id: z.string().nullable(),
  changes: z.array(z.object({ field: z.string(), before: z.json().nullable(), after: z.json().nullable() })),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

const declaredFor = (service: ServiceName) =>
  operationsOf(service).reads({
    name: 'list-history',
    role: 'viewer',
    summary: 'Who changed a row, what and when, as it was announced',
    input: listInput({ resource: z.enum(resources), id }, ['time']),
    output: listOutput(historyEntry),
    problems: ['not_found'],
  });
/** The operation of each service that keeps a history. */
export const histories: ReadonlyMap<ServiceName, ReturnType<typeof declaredFor>> = new Map(
  [...new Set<ServiceName>(Object.values(historyOwners).map((owner) => owner.service))].map((service) => [service, declaredFor(service)]),
);
export const historyOf = (service: ServiceName): ReturnType<typeof declaredFor> => histories.get(service) ?? declaredFor(service);
