import { missingEventsOf, type ServiceName } from '@plantops/contracts';
import type { Bus } from '../bus.ts';
import { serviceCall } from '../requests/call.ts';

/** Asks a listener which announcements of a tenant it lacks, in the name of the service that made them. */
export const askMissing =
  (bus: Bus, announcer: ServiceName) =>
  async (listener: ServiceName, tenant: string, eventIds: readonly string[]): Promise<string[]> =>
    (await bus.call(missingEventsOf(listener), { event_ids: [...eventIds] }, serviceCall(announcer, tenant))).event_ids;
