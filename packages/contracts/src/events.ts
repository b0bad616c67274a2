import type { EventContract } from './contract.ts';
import * as downtimes from './downtimes.ts';
import * as masterData from './master-data.ts';
import * as moneyLeaks from './money-leaks.ts';
import * as production from './production.ts';
import * as trials from './trials.ts';

const isEvent = (declared: unknown): declared is EventContract =>
  typeof declared === 'object' && declared !== null && 'stream' in declared && 'type' in declared;

/** Every event that is declared, whoever announces it. */
export const allEvents: readonly EventContract[] = [masterData, production, downtimes, moneyLeaks, trials].flatMap((service) =>
  Object.values<unknown>(service).filter(isEvent),
);
