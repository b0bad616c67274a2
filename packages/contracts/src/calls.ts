import type { Operation } from './contract.ts';
import { listenersOf } from './events/events.ts';
import { missingEvents } from './operations/missing-events.ts';
import { FOR_PEOPLE, topology, type ServiceName } from './topology.ts';

/**
 * Whether a service calls an operation: the topology names it, or it is how an announcer asks a listener which events
 * it lacks. The broker refuses every other call.
 */
export function mayCall(caller: ServiceName, { service, name, internal, subject }: Operation): boolean {
  const named = topology[caller].calls[service] ?? [];
  const isNamed = named === FOR_PEOPLE ? !internal : named.includes(name);
  return isNamed || (missingEvents.get(service)?.subject === subject && listenersOf(caller).includes(service));
}
