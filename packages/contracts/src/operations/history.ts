/** Who changed what, and when: the announcements of a row, stored by the service that owns it. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { field, listInput, listOutput } from '../fields.ts';
import type { ServiceName } from '../topology.ts';
import { id, instant } from '../values.ts';

/** The resources that have a history: the services that store it, and the entity that their events are named after. */
export const historyOwners = {
  plants: { services: ['production'], entity: 'plant' },
  lines: { services: ['production'], entity: 'line' },
  products: { services: ['production'], entity: 'product' },
  batches: { services: ['production'], entity: 'batch' },
  counts: { services: ['production'], entity: 'count' },
  scrap: { services: ['production'], entity: 'scrap' },
  downtimes: { services: ['downtimes'], entity: 'downtime' },
  'downtime-reasons': { services: ['downtimes'], entity: 'reason' },
  trials: { services: ['trials'], entity: 'trial' },
  'money-leaks': { services: ['money-leaks'], entity: 'money_leak' },
  sensors: { services: ['sensors'], entity: 'sensor' },
  connections: { services: ['connect'], entity: 'connection' },
  mappings: { services: ['connect'], entity: 'mapping' },
  settings: { services: ['production'], entity: 'settings' },
  waiting: { services: ['production', 'downtimes', 'sensors'], entity: 'waiting' },
} as const satisfies Record<string, { services: readonly ServiceName[]; entity: string }>;
export type HistoryResource = keyof typeof historyOwners;
const resources = Object.keys(historyOwners) as [HistoryResource, ...HistoryResource[]];

const change = z.object({
  field: z.string().describe('The name of the field.'),
  before: z.json().nullable().describe('Its value before the change; null before the first.'),
  after: z.json().nullable().describe('Its value after the change.'),
});
export const historyEntry = z
  .object({
    id: id.describe('UUID of the announcement.'),
    time: instant.describe('When it changed.'),
    type: z.string().describe('The type of the announcement, as downtime.ended.'),
    actor: z.string().describe('Who changed it.'),
    version: z.int().nullable().describe('The version that the row has had since; null: the row has no versions.'),
    trace_id: z.string().nullable().describe('The trace (W3C Trace Context) that the change was part of; null: none.'),
    changes: z.array(change).describe('The fields that changed.'),
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.infer<typeof historyEntry>;

const declaredFor = (service: ServiceName) =>
  operationsOf(service).reads({
    name: 'list-history',
    role: 'viewer',
    summary: 'Who changed a row, what and when, as it was announced',
    input: listInput(
      { resource: z.enum(resources).describe('The kind of row, as in the path of its list.'), id: field.id },
      ['time'],
    ),
    output: listOutput(historyEntry),
    problems: ['not_found'],
  });
/** The operation of each service that stores a history. */
export const histories: ReadonlyMap<ServiceName, ReturnType<typeof declaredFor>> = new Map(
  [...new Set<ServiceName>(Object.values(historyOwners).flatMap((owner) => owner.services))].map((service) => [
    service,
    declaredFor(service),
  ]),
);
export function historyOf(service: ServiceName): ReturnType<typeof declaredFor> {
  return histories.get(service) ?? declaredFor(service);
}
