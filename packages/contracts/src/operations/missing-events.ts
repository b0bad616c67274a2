/** What a listener lacks of what was announced: asked by the announcer, whatever the broker has done with the messages in between. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { serviceNames, topology, type ServiceName } from '../topology.ts';
import { id } from '../values.ts';

/** Ids in one question. */
export const MOST_EVENT_IDS = 1_000;

const declaredFor = (service: ServiceName) =>
  operationsOf(service).reads({
    name: 'list-missing-events',
    role: 'viewer',
    internal: true,
    summary: 'Which of these announcements, all of types that it takes in, it has neither applied nor set aside',
    input: z.strictObject({ event_ids: z.array(id).max(MOST_EVENT_IDS) }),
    output: z.object({ event_ids: z.array(id) }),
  });

/** The operation of each service that takes in announcements. */
export const missingEvents: ReadonlyMap<ServiceName, ReturnType<typeof declaredFor>> = new Map(
  serviceNames
    .filter((name) => topology[name].listens.some((kind) => kind === 'events' || kind === 'master'))
    .map((name) => [name, declaredFor(name)]),
);
export const missingEventsOf = (service: ServiceName): ReturnType<typeof declaredFor> => missingEvents.get(service) ?? declaredFor(service);
