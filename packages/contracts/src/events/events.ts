import type { EventContract } from '../contract.ts';
import * as batches from '../operations/batches.ts';
import * as downtimes from '../operations/downtimes.ts';
import * as lines from '../operations/lines.ts';
import * as moneyLeaks from '../operations/money-leaks.ts';
import * as plants from '../operations/plants.ts';
import * as products from '../operations/products.ts';
import * as scrap from '../operations/scrap.ts';
import * as sensors from '../operations/sensors.ts';
import { serviceNames, takesIn, type ServiceName } from '../topology.ts';
import * as trials from '../operations/trials.ts';

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
