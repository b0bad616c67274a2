/** Everything that the invariants are checked with, read after the plant is quiet. */
import { serviceNames, streamName, topology, type CloudEvent, type ServiceName } from '@plantops/contracts';
import type { NatsConnection } from 'nats';
import type { PlantTables } from '@plantops/testing/plant';
import type { ChaosPlant } from './chaos-plant.ts';
import type { Sent } from './load/edge.ts';
import type { MasterData } from './load/master-data.ts';
import type { Operation } from './load/operation.ts';
import { readStream, type Kept } from './streams.ts';

/** The services that announce: all with a database except the gateway, whose API keys no other service uses. */
export const announcers = serviceNames.filter((name) => topology[name].database && name !== 'gateway');

/** An event in an outbox. */
export type Announced = {
  readonly service: ServiceName;
  readonly id: string;
  readonly tenant: string;
  readonly subject: string;
  readonly payload: string;
};
export type Evidence = {
  readonly chaos: ChaosPlant;
  readonly tables: PlantTables;
  readonly data: MasterData;
  readonly tenants: readonly string[];
  readonly operations: readonly Operation[];
  readonly good: readonly Sent[];
  readonly poison: readonly Sent[];
  /** In the order of each outbox. */
  readonly announced: readonly Announced[];
  readonly events: readonly Kept[];
  readonly master: readonly Kept[];
  readonly rejected: readonly Kept[];
  readonly inboxes: ReadonlyMap<ServiceName, ReadonlySet<string>>;
};

export async function collect(
  connection: NatsConnection,
  known: Pick<Evidence, 'chaos' | 'tables' | 'data' | 'tenants' | 'operations' | 'good' | 'poison'>,
): Promise<Evidence> {
  const announced: Announced[] = [];
  const inboxes = new Map<ServiceName, Set<string>>();
  for (const service of announcers) {
    const rows = await known.tables.query<Omit<Announced, 'service'>>(
      service,
      'select event_id as id, tenant_id as tenant, subject, payload from outbox order by outbox.id',
    );
    announced.push(...rows.map((row) => ({ service, ...row })));
    const applied = await known.tables.query<{ event_id: string }>(service, 'select event_id from inbox');
    inboxes.set(service, new Set(applied.map(({ event_id }) => event_id)));
  }
  return {
    ...known,
    announced,
    inboxes,
    events: await readStream(connection, streamName.events),
    master: await readStream(connection, streamName.master),
    rejected: await readStream(connection, streamName.rejected),
  };
}

export const isOn =
  (stream: 'events' | 'master' | 'rejected') =>
  ({ subject }: { subject: string }): boolean =>
    subject.startsWith(`plantops.${stream}.`);

/** A version of a row, from its event. */
export type Version = {
  readonly id: string;
  readonly tenant: string;
  readonly entity: string;
  readonly row: string;
  readonly version: number;
  readonly text: string;
};

/** The versions in the events. Rows of the ledger have one version; postings of a rule are not writes of the load. */
export const versionsOf = (announced: readonly Announced[]): Version[] =>
  announced
    .filter((one) => !isOn('rejected')(one))
    .flatMap(({ id, tenant, payload }): Version[] => {
      const event = JSON.parse(payload) as CloudEvent<{ id: string; version?: number; source_type?: string }>;
      const entity = event.type.split('.')[0] as string;
      if (entity === 'money_leak' && event.data.source_type !== 'manual') return [];
      return [
        { id, tenant, entity, row: event.data.id, version: event.data.version ?? 1, text: JSON.stringify(event.data) },
      ];
    });
