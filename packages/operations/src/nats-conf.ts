/**
 * The configuration of nats-server: an account for the services and one for the edge of each tenant. Every user may use
 * exactly the subjects that its row of the topology needs. The server refuses all others.
 */
import {
  allEvents,
  consumerName,
  mayCall,
  serviceNames,
  streamName,
  topology,
  usesTenantStreams,
  type ServiceName,
  type TenantStream,
} from '@plantops/contracts';
import { allOperations } from '@plantops/contracts/declared';
import { reservedBytes } from '@plantops/service-kit';

const STORE_STEP_BYTES = 10 * 1024 ** 3;
/**
 * The size of the store: what the streams reserve, in steps. A running server accepts no other size, so further tenants
 * need a restart.
 */
export const storeBytesFor = (tenants: readonly string[]): number =>
  Math.ceil(reservedBytes(tenants) / STORE_STEP_BYTES) * STORE_STEP_BYTES;

export type NatsUsers = {
  readonly provisioner: string;
  readonly services: Readonly<Record<ServiceName, string>>;
  /** Password of each tenant's edge user. */
  readonly edges: Readonly<Record<string, string>>;
};
/** Servers that replicate streams. A server that knows the routes' password joins them and reads everything. */
export type NatsCluster = {
  readonly name: string;
  /**
   * This server's unique name. Absent: the environment variable SERVER_NAME, so that all servers can use the same file.
   */
  readonly server?: string;
  /** The address at which the other servers reach this one. */
  readonly host: string;
  readonly port: number;
  readonly password: string;
  readonly routes: readonly { readonly host: string; readonly port: number }[];
};
export type NatsServerSettings = {
  readonly host: string;
  readonly port: number;
  /** Where streams are stored. Absent: the server has none. */
  readonly storeDir?: string;
  readonly users: NatsUsers;
  /** The address of the server's monitoring, as host:port. Absent: no monitoring. */
  readonly monitor?: string;
  /** Acknowledge a message after it was synced to the disk. Servers before 2.10 do not start with this setting. */
  readonly syncAlways?: boolean;
  readonly cluster?: NatsCluster;
};

export const edgeUser = (tenant: string): string => `edge_${tenant}`;

type Permissions = { publish: string[]; subscribe: string[] };

/** The permissions of a service's NATS user: what it answers, announces, listens to and calls. */
export function permissionsOf(service: ServiceName, tenants: readonly string[]): Permissions {
  const { listens, publishes = [], follows = [], checksTenants = false } = topology[service];
  const announced = allEvents
    .filter((event) => event.service === service)
    .map(({ stream, type }) =>
      stream === 'events' ? `plantops.events.*.${type}` : `plantops.master.*.${type.split('.')[0]}.*`,
    );
  const rejected = usesTenantStreams(topology[service]) ? ['plantops.rejected.*.*'] : [];
  // A publisher checks that its stream still holds its messages: the stream's creation time, and the last message of
  // its subjects.
  const published = [...announced, ...rejected].map((subject) => ({ subject, stream: streamOf(subject) }));
  const lookingBack = published.flatMap(({ stream, subject }) => [
    `$JS.API.STREAM.INFO.${stream}`,
    `$JS.API.DIRECT.GET.${stream}.${subject}`,
  ]);
  // What line systems publish. It has an id and is sent again until it is stored, so there is nothing to look back for.
  const ofLines = publishes.flatMap((kind) =>
    tenants.flatMap((tenant) => [`plantops.${kind}.${tenant}.>`, `$JS.API.STREAM.INFO.${streamName[kind](tenant)}`]),
  );
  const consuming = listens
    .flatMap((kind) => tenants.flatMap((tenant) => consumersOf(service, kind, tenant)))
    .flatMap((consumer) => [
      `$JS.API.CONSUMER.INFO.${consumer}`,
      `$JS.API.CONSUMER.MSG.NEXT.${consumer}`,
      `$JS.ACK.${consumer}.>`,
    ]);
  // A follower of a stream gets a signal that something is new, and reads it. It may not create consumers: a user who
  // may create one may also change a durable consumer of that name.
  const following = follows.flatMap((kind) => [
    `$JS.API.STREAM.INFO.${streamName[kind]}`,
    `$JS.API.DIRECT.GET.${streamName[kind]}`,
  ]);
  const hearing = follows.map((kind) => `plantops.${kind}.>`);
  // Answers go to the inboxes of its callers, and of clients that discover services. (With allow_responses the server
  // would keep a list of open replies for each connection and search it at every message: after a burst of events that
  // costs a whole core.)
  const operations = allOperations.filter((operation) => operation.service === service);
  const callers = serviceNames.filter((name) => operations.some((operation) => mayCall(name, operation)));
  const replies = ['_INBOX.>', '_INBOX_provisioner.>', ...callers.map((caller) => `_INBOX_${caller}.>`)];
  return {
    publish: [
      ...new Set([
        ...replies,
        ...announced,
        ...rejected,
        ...allOperations.filter((operation) => mayCall(service, operation)).map(({ subject }) => subject),
        ...lookingBack,
        ...ofLines,
        ...consuming,
        ...following,
        ...(checksTenants || listens.some((kind) => kind !== 'master') ? ['$JS.API.STREAM.NAMES'] : []),
      ]),
    ],
    subscribe: [`plantops.${service}.*`, '$SRV.>', `_INBOX_${service}.>`, ...hearing],
  };
}

/** The consumers of a service. EVENTS has a second one, for all tenants, which copies of the previous version use. */
const consumersOf = (service: ServiceName, kind: 'events' | 'master' | TenantStream, tenant: string): string[] =>
  [consumerName(service, kind, tenant), ...(kind === 'events' ? [service] : [])].map(
    (name) => `${streamOfTenant(kind, tenant)}.${name}`,
  );
const streamOfTenant = (kind: 'events' | 'master' | TenantStream, tenant: string): string =>
  kind === 'events' || kind === 'master' ? streamName[kind] : streamName[kind](tenant);
const streamOf = (subject: string): string => streamName[subject.split('.')[1] as 'events' | 'master' | 'rejected'];

const provisionerPermissions: Permissions = { publish: ['$JS.API.>', '$SRV.>'], subscribe: ['_INBOX_provisioner.>'] };

/**
 * A tenant's edge may publish its line events and readings, and subscribe to its rejections and its inboxes for
 * acknowledgements.
 */
const edgePermissions = (tenant: string): Permissions => ({
  publish: edgeSubjects(tenant),
  subscribe: ['_INBOX.>', `plantops.rejected.${tenant}.>`],
});
/** The connections and subscriptions that the line systems of one tenant may have at the shared server. */
const EDGE_LIMITS = { max_conn: 256, max_subs: 2_048 };
const edgeSubjects = (tenant: string) => [`plantops.ingest.${tenant}.>`, `plantops.readings.${tenant}.>`];

const ROUTES_USER = 'routes';
// Not a command-line flag: a server that got its name from a flag refuses to reload its configuration.
const NAME_FROM_ENVIRONMENT = '$SERVER_NAME';
const clustered = ({ name, server = NAME_FROM_ENVIRONMENT, host, port, password, routes }: NatsCluster) => ({
  server_name: server,
  cluster: {
    name,
    listen: `${host}:${port}`,
    authorization: { user: ROUTES_USER, password: required(ROUTES_USER, password), timeout: 2 },
    routes: routes.map(
      (route) => `nats-route://${ROUTES_USER}:${encodeURIComponent(password)}@${route.host}:${route.port}`,
    ),
  },
});

/** A user with its password. Throws without one: nats-server would let everyone in under that name. */
function userOf(user: string, password: string | undefined, permissions: Permissions) {
  return { user, password: required(user, password), permissions };
}

function required(user: string, password: string | undefined): string {
  if (password !== undefined && password !== '') return password;
  throw new Error(`the NATS user ${user} has no password: repair the secrets of the plant`);
}

/**
 * The text of the configuration. It contains passwords: only its owner may read it. Throws when a user has no password.
 */
export function natsConf({
  host,
  port,
  storeDir,
  users,
  monitor,
  syncAlways = false,
  cluster,
}: NatsServerSettings): string {
  const tenants = Object.keys(users.edges);
  const account = (tenant: string) => `EDGE_${tenant}`;
  const exported = tenants.flatMap((tenant) => [
    ...edgeSubjects(tenant).map((service) => ({ service, accounts: [account(tenant)] })),
    { stream: `plantops.rejected.${tenant}.>`, accounts: [account(tenant)] },
  ]);
  const plant = {
    ...(storeDir === undefined ? {} : { jetstream: 'enabled' }),
    users: [
      userOf('provisioner', users.provisioner, provisionerPermissions),
      ...serviceNames.map((service) => userOf(service, users.services[service], permissionsOf(service, tenants))),
    ],
    exports: exported,
  };
  const edges = tenants.map((tenant) => [
    account(tenant),
    {
      limits: EDGE_LIMITS,
      users: [userOf(edgeUser(tenant), users.edges[tenant], edgePermissions(tenant))],
      imports: [
        ...edgeSubjects(tenant).map((subject) => ({ service: { account: 'PLANT', subject } })),
        { stream: { account: 'PLANT', subject: `plantops.rejected.${tenant}.>` } },
      ],
    },
  ]);
  // The server's configuration language accepts JSON, except for variables, which have no quotes.
  const text = JSON.stringify(
    {
      host,
      port,
      max_payload: 1_048_576,
      write_deadline: '5s',
      ...(monitor === undefined ? {} : { http: monitor }),
      ...(cluster === undefined ? {} : clustered(cluster)),
      ...(storeDir === undefined
        ? {}
        : {
            jetstream: {
              store_dir: storeDir,
              max_memory_store: 67_108_864,
              max_file_store: storeBytesFor(tenants),
              ...(syncAlways ? { sync_interval: 'always' } : {}),
            },
          }),
      accounts: { PLANT: plant, ...Object.fromEntries(edges) },
    },
    null,
    2,
  );
  return text.replace(`"${NAME_FROM_ENVIRONMENT}"`, NAME_FROM_ENVIRONMENT);
}
