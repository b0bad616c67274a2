import { missingEventsOf, type ServiceName } from '@plantops/contracts';
import type { Bus } from '../bus.ts';
import { serviceCall } from '../requests/call.ts';

/**
 * Returns a function that asks a listener which of these events of a tenant it has not applied. `announcer` published
 * them.
 */
export const askMissing =
  (bus: Bus, announcer: ServiceName) =>
  async (listener: ServiceName, tenant: string, eventIds: readonly string[]): Promise<string[]> =>
    (await bus.call(missingEventsOf(listener), { event_ids: [...eventIds] }, serviceCall(announcer, tenant))).event_ids;
