import type { EventContract } from './contract.ts';
import * as batches from './batches.ts';
import * as downtimes from './downtimes.ts';
import * as lines from './lines.ts';
import * as moneyLeaks from './money-leaks.ts';
import * as plants from './plants.ts';
import * as products from './products.ts';
import * as scrap from './scrap.ts';
import * as sensors from './sensors.ts';
import { serviceNames, takesIn, type ServiceName } from './topology.ts';
import * as trials from './trials.ts';

const isEvent = (declared: unknown): declared is EventContract =>
  typeof declared === 'object' && declared !== null && 'stream' in declared && 'type' in declared;

/** Every event that is declared, whoever announces it. */
export const allEvents: readonly EventContract[] = [
  plants,
  lines,
  products,
  batches,
  scrap,
  downtimes,
  moneyLeaks,
  trials,
  sensors,
].flatMap((owner) => Object.values<unknown>(owner).filter(isEvent));

/** The services that take in something of what a service announces; it may be one of them. */
export const listenersOf = (announcer: ServiceName): ServiceName[] =>
  serviceNames.filter((listener) =>
    allEvents.some(({ service, stream, type }) => service === announcer && takesIn(listener, stream)(type)),
  );
