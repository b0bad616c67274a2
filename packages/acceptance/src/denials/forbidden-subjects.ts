/**
 * The subjects that each NATS user must not use. They are derived from its purpose, not from the code of its
 * permissions.
 */
import {
  allEvents,
  consumerName,
  consumes,
  kindOfStream,
  serviceNames,
  streamName,
  topology,
  type ServiceName,
} from '@plantops/contracts';
import { allOperations } from '@plantops/contracts/declared';

/** A subject that a user must not publish on or subscribe to. */
export type Forbidden = { readonly operation: 'publish' | 'subscribe'; readonly subject: string };

const publish = (...subjects: readonly string[]): Forbidden[] =>
  subjects.map((subject) => ({ operation: 'publish', subject }));
const subscribe = (...subjects: readonly string[]): Forbidden[] =>
  subjects.map((subject) => ({ operation: 'subscribe', subject }));

const streams = [
  streamName.events,
  streamName.master,
  streamName.rejected,
  streamName.ingest('akron'),
  streamName.readings('akron'),
];
const NOBODY_ADMINISTERS = [
  '$SYS.REQ.SERVER.PING',
  ...streams.flatMap((stream) => [
    `$JS.API.STREAM.CREATE.${stream}`,
    `$JS.API.STREAM.UPDATE.${stream}`,
    `$JS.API.STREAM.DELETE.${stream}`,
    `$JS.API.STREAM.PURGE.${stream}`,
    `$JS.API.STREAM.MSG.DELETE.${stream}`,
    `$JS.API.STREAM.SNAPSHOT.${stream}`,
    `$JS.API.CONSUMER.CREATE.${stream}`,
    `$JS.API.CONSUMER.CREATE.${stream}.spy`,
    `$JS.API.CONSUMER.DURABLE.CREATE.${stream}.spy`,
    ...serviceNames.map(
      (service) => `$JS.API.CONSUMER.DELETE.${stream}.${consumerName(service, kindOfStream(stream), 'akron')}`,
    ),
  ]),
];

/**
 * The subjects of operations that a service must not call. The gateway acts for people: it has no business with what
 * only services ask each other. All others act for nobody: they read what their work needs, and write nothing.
 */
export function operationsForbiddenTo(caller: ServiceName): string[] {
  const { calls } = topology[caller];
  const isForbidden = ({ service, name, internal, writes }: (typeof allOperations)[number]) => {
    if (name === 'list-missing-events') return !announcesTo(caller, service);
    return caller === 'gateway' ? internal : writes || !(calls[service] ?? []).includes(name);
  };
  return allOperations.filter(isForbidden).map(({ subject }) => subject);
}
/** An announcer asks those that consume its events what they lack. */
const announcesTo = (announcer: ServiceName, listener: ServiceName): boolean =>
  allEvents.some(({ service, stream, type }) => service === announcer && consumes(listener, stream)(type));

/**
 * Subjects of other services: answering their operations, publishing their events, reading their consumers and inboxes.
 */
export function forbiddenTo(service: ServiceName): Forbidden[] {
  const { follows = [], publishes = [] } = topology[service];
  const others = serviceNames.filter((name) => name !== service);
  return [
    ...publish(...NOBODY_ADMINISTERS),
    ...publish(
      ...(['ingest', 'readings'] as const)
        .filter((kind) => !publishes.includes(kind))
        .map((kind) => `plantops.${kind}.akron.L1.count`),
    ),
    ...publish(...operationsForbiddenTo(service)),
    ...publish(
      ...allEvents
        .filter((event) => event.service !== service)
        .map(({ stream, type }) =>
          stream === 'events' ? `plantops.events.akron.${type}` : `plantops.master.akron.${type.split('.')[0]}.1`,
        ),
    ),
    ...publish(
      ...others.flatMap((name) =>
        streams
          .map((stream) => `${stream}.${consumerName(name, kindOfStream(stream), 'akron')}`)
          .flatMap((consumer) => [`$JS.API.CONSUMER.MSG.NEXT.${consumer}`, `$JS.ACK.${consumer}.1.1.1.1.1`]),
      ),
    ),
    ...subscribe('>', 'plantops.>', '$JS.>', 'plantops.ingest.>', 'plantops.readings.>', 'plantops.rejected.>'),
    ...subscribe(
      ...(['events', 'master'] as const).filter((kind) => !follows.includes(kind)).map((kind) => `plantops.${kind}.>`),
    ),
    ...subscribe(...others.flatMap((name) => [`plantops.${name}.*`, `_INBOX_${name}.>`]), '_INBOX_provisioner.>'),
  ];
}

/** Forbidden to a tenant's edge: subjects of other tenants and of the services. */
export const forbiddenToEdge = (other: string): Forbidden[] => [
  ...publish(...NOBODY_ADMINISTERS, '$JS.API.STREAM.NAMES', '$JS.API.INFO'),
  ...publish(`plantops.ingest.${other}.L1.count`, `plantops.readings.${other}.L1.t1`, `plantops.rejected.${other}.L1`),
  ...publish(
    ...serviceNames.map((name) => `plantops.${name}.list`),
    ...allEvents.map(({ type }) => `plantops.events.${other}.${type}`),
  ),
  ...subscribe(
    '>',
    'plantops.>',
    '$JS.>',
    '$SYS.>',
    'plantops.events.>',
    'plantops.master.>',
    `plantops.rejected.${other}.>`,
    `plantops.ingest.${other}.>`,
  ),
  ...subscribe(...serviceNames.flatMap((name) => [`plantops.${name}.*`, `_INBOX_${name}.>`]), '_INBOX_provisioner.>'),
];

/** Forbidden to the provisioner: operations, events and line events. */
export const forbiddenToProvisioner: Forbidden[] = [
  ...publish(
    'plantops.ingest.akron.L1.count',
    'plantops.events.akron.downtime.ended',
    ...serviceNames.map((name) => `plantops.${name}.list`),
  ),
  ...subscribe('>', 'plantops.>', 'plantops.events.>', ...serviceNames.map((name) => `_INBOX_${name}.>`)),
];
