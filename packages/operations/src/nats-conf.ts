/**
 * The configuration of nats-server: an account for the services, one for each tenant's edge, and for every user exactly the subjects
 * that its row of the topology needs. What is not named here is refused by the server, whoever asks.
 */
import {
  allEvents,
  consumerName,
  listenersOf,
  missingEventsOf,
  serviceNames,
  streamName,
  topology,
  type ServiceName,
  type TenantStream,
} from '@plantops/contracts';
import { reservedBytes } from '@plantops/service-kit';

const STORE_STEP_BYTES = 10 * 1024 ** 3;
/** Room for what their streams reserve. A server that runs does not take another size: tenants beyond it wait until it is started again. */
export const storeBytesFor = (tenants: readonly string[]): number =>
  Math.ceil(reservedBytes(tenants) / STORE_STEP_BYTES) * STORE_STEP_BYTES;

export type NatsUsers = {
  readonly provisioner: string;
  readonly services: Readonly<Record<ServiceName, string>>;
  /** Password of each tenant's edge user. */
  readonly edges: Readonly<Record<string, string>>;
};
/** Servers that keep streams together. Whoever has the routes' password is one of them, and reads everything. */
export type NatsCluster = {
  readonly name: string;
  /** This server's own name, another one for each. Absent: the variable SERVER_NAME of its environment, so that one file is good for all. */
  readonly server?: string;
  /** Where the others reach this one. */
  readonly host: string;
  readonly port: number;
  readonly password: string;
  readonly routes: readonly { readonly host: string; readonly port: number }[];
};
export type NatsServerSettings = {
  readonly host: string;
  readonly port: number;
  readonly storeDir: string;
  readonly users: NatsUsers;
  /** Where the server tells how it is, as host:port; absent: nowhere. */
  readonly monitor?: string;
  /** Acknowledges only what the disk has. Servers before 2.10 do not know how, and do not start when they are asked to. */
  readonly syncAlways?: boolean;
  readonly cluster?: NatsCluster;
};

export const edgeUser = (tenant: string): string => `edge_${tenant}`;

type Permissions = { publish: string[]; subscribe: string[] };

/** What a service's NATS user may do, from what it answers, announces, listens to and calls. */
export const permissionsOf = (service: ServiceName, tenants: readonly string[]): Permissions => {
  const { calls, listens, follows = [] } = topology[service];
  const ofTenants = listens.some((kind) => kind === 'ingest' || kind === 'readings');
  const announced = allEvents
    .filter((event) => event.service === service)
    .map(({ stream, type }) => (stream === 'events' ? `plantops.events.*.${type}` : `plantops.master.*.${type.split('.')[0]}.*`));
  const rejected = ofTenants ? ['plantops.rejected.*.*'] : [];
  // Who publishes into a stream looks whether it still holds that: when it was created, and the last message of a subject of its own.
  const published = [...announced, ...rejected].map((subject) => ({ subject, stream: streamOf(subject) }));
  const lookingBack = published.flatMap(({ stream, subject }) => [
    `$JS.API.STREAM.INFO.${stream}`,
    `$JS.API.DIRECT.GET.${stream}.${subject}`,
  ]);
  const consuming = listens
    .flatMap((kind) => tenants.flatMap((tenant) => consumersOf(service, kind, tenant)))
    .flatMap((consumer) => [`$JS.API.CONSUMER.INFO.${consumer}`, `$JS.API.CONSUMER.MSG.NEXT.${consumer}`, `$JS.ACK.${consumer}.>`]);
  // Who follows a stream hears that there is something new and reads it. Making consumers is not needed for that, and whoever may make one
  // may change a durable one under its name.
  const following = follows.flatMap((kind) => [`$JS.API.STREAM.INFO.${streamName[kind]}`, `$JS.API.DIRECT.GET.${streamName[kind]}`]);
  const hearing = follows.map((kind) => `plantops.${kind}.>`);
  // Answers go to the inboxes of its callers and of whoever looks for services. (With allow_responses the server would keep a list of
  // open replies for each connection and walk through it at every message: after a burst of events that costs it a core.)
  const callers = serviceNames.filter((name) => topology[name].calls.includes(service) || listenersOf(name).includes(service));
  const replies = ['_INBOX.>', '_INBOX_provisioner.>', ...callers.map((caller) => `_INBOX_${caller}.>`)];
  return {
    publish: [
      ...new Set([
        ...replies,
        ...announced,
        ...rejected,
        ...calls.map((called) => `plantops.${called}.*`),
        ...listenersOf(service).map((listener) => missingEventsOf(listener).subject),
        ...lookingBack,
        ...consuming,
        ...following,
        ...(listens.some((kind) => kind !== 'master') ? ['$JS.API.STREAM.NAMES'] : []),
      ]),
    ],
    subscribe: [`plantops.${service}.*`, '$SRV.>', `_INBOX_${service}.>`, ...hearing],
  };
};

/** Of EVENTS also the one that copies of the version before take from, all tenants in one. */
const consumersOf = (service: ServiceName, kind: 'events' | 'master' | TenantStream, tenant: string): string[] =>
  [consumerName(service, kind, tenant), ...(kind === 'events' ? [service] : [])].map((name) => `${streamOfTenant(kind, tenant)}.${name}`);
const streamOfTenant = (kind: 'events' | 'master' | TenantStream, tenant: string): string =>
  kind === 'events' || kind === 'master' ? streamName[kind] : streamName[kind](tenant);
const streamOf = (subject: string): string => streamName[subject.split('.')[1] as 'events' | 'master' | 'rejected'];

const provisionerPermissions: Permissions = { publish: ['$JS.API.>', '$SRV.>'], subscribe: ['_INBOX_provisioner.>'] };

/** A tenant's edge: its own line events and readings out, its own rejections in, its inboxes for acknowledgements. */
const edgePermissions = (tenant: string): Permissions => ({
  publish: edgeSubjects(tenant),
  subscribe: ['_INBOX.>', `plantops.rejected.${tenant}.>`],
});
/** What the line systems of one tenant may hold of the server that all share. */
const EDGE_LIMITS = { max_conn: 256, max_subs: 2_048 };
const edgeSubjects = (tenant: string) => [`plantops.ingest.${tenant}.>`, `plantops.readings.${tenant}.>`];

const ROUTES_USER = 'routes';
// A flag would do as well, but a server that has its name from a flag refuses to read its configuration again.
const NAME_FROM_ENVIRONMENT = '$SERVER_NAME';
const clustered = ({ name, server = NAME_FROM_ENVIRONMENT, host, port, password, routes }: NatsCluster) => ({
  server_name: server,
  cluster: {
    name,
    listen: `${host}:${port}`,
    authorization: { user: ROUTES_USER, password, timeout: 2 },
    routes: routes.map((route) => `nats-route://${ROUTES_USER}:${encodeURIComponent(password)}@${route.host}:${route.port}`),
  },
});

/** The configuration's text. It holds passwords: keep it readable to its owner alone. */
export const natsConf = ({ host, port, storeDir, users, monitor, syncAlways = false, cluster }: NatsServerSettings): string => {
  const tenants = Object.keys(users.edges);
  const account = (tenant: string) => `EDGE_${tenant}`;
  const exported = tenants.flatMap((tenant) => [
    ...edgeSubjects(tenant).map((service) => ({ service, accounts: [account(tenant)] })),
    { stream: `plantops.rejected.${tenant}.>`, accounts: [account(tenant)] },
  ]);
  const plant = {
    jetstream: 'enabled',
    users: [
      { user: 'provisioner', password: users.provisioner, permissions: provisionerPermissions },
      ...serviceNames.map((service) => ({
        user: service,
        password: users.services[service],
        permissions: permissionsOf(service, tenants),
      })),
    ],
    exports: exported,
  };
  const edges = tenants.map((tenant) => [
    account(tenant),
    {
      limits: EDGE_LIMITS,
      users: [{ user: edgeUser(tenant), password: users.edges[tenant], permissions: edgePermissions(tenant) }],
      imports: [
        ...edgeSubjects(tenant).map((subject) => ({ service: { account: 'PLANT', subject } })),
        { stream: { account: 'PLANT', subject: `plantops.rejected.${tenant}.>` } },
      ],
    },
  ]);
  // The server's configuration language takes JSON as it is; what JSON lacks are variables, which stand without quotes.
  const text = JSON.stringify(
    {
      host,
      port,
      max_payload: 1_048_576,
      write_deadline: '5s',
      ...(monitor === undefined ? {} : { http: monitor }),
      ...(cluster === undefined ? {} : clustered(cluster)),
      jetstream: {
        store_dir: storeDir,
        max_memory_store: 67_108_864,
        max_file_store: storeBytesFor(tenants),
        ...(syncAlways ? { sync_interval: 'always' } : {}),
      },
      accounts: { PLANT: plant, ...Object.fromEntries(edges) },
    },
    null,
    2,
  );
  return text.replace(`"${NAME_FROM_ENVIRONMENT}"`, NAME_FROM_ENVIRONMENT);
};
