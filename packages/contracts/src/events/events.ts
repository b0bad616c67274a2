import type { z } from 'zod';
import type { EventContract } from '../contract.ts';
import * as batches from '../operations/batches.ts';
import * as connect from '../operations/connect.ts';
import * as downtimes from '../operations/downtimes.ts';
import * as lines from '../operations/lines.ts';
import * as moneyLeaks from '../operations/money-leaks.ts';
import * as plants from '../operations/plants.ts';
import * as products from '../operations/products.ts';
import * as scrap from '../operations/scrap.ts';
import * as settings from '../operations/settings.ts';
import * as sensors from '../operations/sensors.ts';
import { serviceNames, consumes, type ServiceName } from '../topology.ts';
import * as trials from '../operations/trials.ts';

const isEvent = (declared: unknown): declared is EventContract =>
  typeof declared === 'object' && declared !== null && 'stream' in declared && 'type' in declared;

const owners = [
  plants,
  lines,
  products,
  batches,
  scrap,
  downtimes,
  moneyLeaks,
  trials,
  sensors,
  connect,
  settings,
] as const;
/** Every event that is declared. */
export const allEvents: readonly EventContract[] = owners.flatMap((owner) =>
  Object.values<unknown>(owner).filter(isEvent),
);

type ValuesOf<M> = M extends unknown ? M[keyof M] : never;
type Declared = Extract<ValuesOf<(typeof owners)[number]>, EventContract>;
type EntityOf<T extends string> = T extends `${infer Entity}.${string}` ? Entity : never;
/** What events carry, by their entity: the first part of their type. */
export type EntityRows = {
  [T in Declared['type'] as EntityOf<T>]: z.infer<Extract<Declared, { readonly type: T }>['data']>;
};
/** Master data: rows that other services copy. */
export type MasterRows = Pick<EntityRows, 'plant' | 'line' | 'product' | 'settings'>;

/** The services that consume events of a service; it may be one of them. */
export function listenersOf(announcer: ServiceName): ServiceName[] {
  return serviceNames.filter((listener) =>
    allEvents.some(({ service, stream, type }) => service === announcer && consumes(listener, stream)(type)),
  );
}
