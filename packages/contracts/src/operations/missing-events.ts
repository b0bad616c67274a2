/** What a listener lacks of what was announced. The announcer asks, so that events are found that the broker lost. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { serviceNames, topology, type ServiceName } from '../topology.ts';
import { id } from '../values.ts';

/** Ids in one question. */
export const MOST_EVENT_IDS = 1_000;
const ids = z.array(id).describe('UUIDs of announcements.');

const declaredFor = (service: ServiceName) =>
  operationsOf(service).reads({
    name: 'list-missing-events',
    role: 'viewer',
    internal: true,
    summary:
      'Which of these announcements, all of types that it consumes, it has neither applied nor stored as dead letters',
    input: z.strictObject({ event_ids: ids.max(MOST_EVENT_IDS) }),
    output: z.object({ event_ids: ids }),
  });

/** The operation of each service that consumes announcements. */
export const missingEvents: ReadonlyMap<ServiceName, ReturnType<typeof declaredFor>> = new Map(
  serviceNames
    .filter((name) => topology[name].listens.some((kind) => kind === 'events' || kind === 'master'))
    .map((name) => [name, declaredFor(name)]),
);
export function missingEventsOf(service: ServiceName): ReturnType<typeof declaredFor> {
  return missingEvents.get(service) ?? declaredFor(service);
}
