/** The plant's NATS: one server, or three that replicate every stream and go on while one of them is away. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import { natsConf, type NatsCluster, type Secrets } from '@plantops/operations';
import { provision } from '@plantops/service-kit';
import {
  findNatsServer,
  holdsWithin,
  messageOf,
  type NatsServer,
  type StartControl,
  startNatsServer,
  type Supervised,
} from '@plantops/servers';
import { startRepairedNatsServer } from './repaired-nats-server.ts';

const HOST = '127.0.0.1';
const CLUSTER_WITHIN_MS = 30_000;
const STOP_MS = 1_000;

export type NatsOptions = {
  readonly dir: string;
  readonly servers: 1 | 3;
  readonly secrets: Secrets;
  readonly say: (line: string) => void;
  /** Returns a port for each name. Clients connect to the port of the first server. */
  readonly portOf: (name: string) => Promise<number>;
  readonly supervise: (name: string, start: (control: StartControl) => Promise<NatsServer>) => Supervised<NatsServer>;
};
type Node = { readonly name: string; readonly port: number; readonly cluster: NatsCluster | undefined };
type Tenants = Readonly<Record<string, string>>;

export class PlantNats {
  readonly #options: NatsOptions;
  readonly #nodes: readonly Node[];
  #running: readonly Supervised<NatsServer>[] = [];
  /** Whether the disk is full: then the servers run without streams. */
  #hasStreams = true;

  private constructor(options: NatsOptions, nodes: readonly Node[]) {
    this.#options = options;
    this.#nodes = nodes;
  }

  /** Resolves when the servers run and the streams of these tenants exist. */
  static async start(options: NatsOptions, tenants: Tenants): Promise<PlantNats> {
    const nats = new PlantNats(options, await nodesOf(options));
    await nats.#writeConfs(tenants);
    const binary = await findNatsServer(join(options.dir, 'bin'));
    nats.#running = nats.#nodes.map((node) =>
      options.supervise(node.name, (control) => nats.#startNode(node, binary, tenants, control)),
    );
    await Promise.all(nats.#running.map(({ started }) => started));
    await nats.#provisionWhenReady(Object.keys(tenants));
    return nats;
  }

  /** The addresses, without a user. */
  get url(): string {
    return this.#nodes.map(({ port }) => `nats://${HOST}:${port}`).join(',');
  }

  urlFor(user: string, password: string): string {
    return this.#nodes.map(({ port }) => `nats://${user}:${encodeURIComponent(password)}@${HOST}:${port}`).join(',');
  }

  async provision(tenants: readonly string[]): Promise<void> {
    if (!this.#hasStreams) return;
    const { provisioner } = this.#options.secrets;
    for (const remark of await provision(this.urlFor('provisioner', provisioner), tenants, {
      replicas: this.#options.servers,
    }))
      this.#options.say(remark);
  }

  /** Adds the accounts and streams of new tenants. */
  async addTenants(tenants: Tenants): Promise<void> {
    await this.#writeConfs(tenants);
    await this.#reload();
    await this.provision(Object.keys(tenants));
    // nats-server 2.9 connects a new account's imports to streams of another account only at a reload after both exist.
    await this.#reload();
  }

  /** Starts the servers again, without streams while the disk is full. Requests go on, messages to streams are refused. */
  async keepStreams(hasStreams: boolean): Promise<void> {
    this.#hasStreams = hasStreams;
    // A server that stands still is killed; each is started again by its supervisor.
    await Promise.all(this.#running.map(async (server) => server.current()?.stop(STOP_MS)));
  }

  async #reload(): Promise<void> {
    for (const server of this.#running) await server.current()?.reload();
  }

  /** Starts a server with streams or without. When that changes during the start, it starts it again. */
  async #startNode(node: Node, binary: string, tenants: Tenants, control: StartControl): Promise<NatsServer> {
    for (;;) {
      const hasStreams = this.#hasStreams;
      const server = await this.#startAs(node, binary, tenants, control, hasStreams);
      if (hasStreams === this.#hasStreams) return server;
      await server.stop(STOP_MS);
    }
  }

  #startAs(
    node: Node,
    binary: string,
    tenants: Tenants,
    control: StartControl,
    hasStreams: boolean,
  ): Promise<NatsServer> {
    const { dir, secrets, say } = this.#options;
    const spec = {
      binary,
      configFile: join(dir, confOf(node, hasStreams)),
      logFile: join(dir, 'logs', `${node.name}.log`),
      port: node.port,
      ...control,
    };
    // A server of a cluster gets lost messages back from the others.
    if (node.cluster !== undefined || !hasStreams) return startNatsServer(spec);
    return startRepairedNatsServer(spec, { password: secrets.provisioner, tenants: Object.keys(tenants), say });
  }

  /** Provisions the streams. Retries on a cluster, whose servers must find each other and elect a leader first. */
  async #provisionWhenReady(tenants: readonly string[]): Promise<void> {
    let last: unknown;
    const isDone = () =>
      this.provision(tenants).then(
        () => true,
        (error: unknown) => {
          last = error;
          return false;
        },
      );
    if (await holdsWithin(isDone, { timeoutMs: this.#options.servers === 1 ? 0 : CLUSTER_WITHIN_MS, everyMs: 250 }))
      return;
    throw new Error(`The streams could not be created: ${messageOf(last)}`);
  }

  async #writeConfs(tenants: Tenants): Promise<void> {
    const { dir, secrets } = this.#options;
    const services = Object.fromEntries(serviceNames.map((name) => [name, secrets.services[name].nats])) as Record<
      ServiceName,
      string
    >;
    const users = { provisioner: secrets.provisioner, services, edges: tenants };
    for (const node of this.#nodes) {
      const { port, cluster } = node;
      const storeDir = join(dir, cluster === undefined ? 'jetstream' : `jetstream-${node.name}`);
      for (const hasStreams of [true, false]) {
        const store = hasStreams ? { storeDir } : {};
        const conf = natsConf({ host: HOST, port, ...store, users, ...(cluster === undefined ? {} : { cluster }) });
        await writeFile(join(dir, confOf(node, hasStreams)), conf, { mode: 0o600 });
      }
    }
  }
}

const confOf = ({ name, cluster }: Node, hasStreams: boolean): string =>
  `${cluster === undefined ? 'nats' : name}${hasStreams ? '' : '-without-streams'}.conf`;

async function nodesOf({ servers, secrets, portOf }: NatsOptions): Promise<Node[]> {
  if (servers === 1) return [{ name: 'nats-server', port: await portOf('nats'), cluster: undefined }];
  const nodes = [];
  for (const number of [1, 2, 3]) {
    const port = await portOf(number === 1 ? 'nats' : `nats-${number}`);
    nodes.push({ name: `nats-server-${number}`, port, routes: await portOf(`nats-routes-${number}`) });
  }
  const routes = nodes.map((node) => ({ host: HOST, port: node.routes }));
  return nodes.map(({ name, port, routes: own }) => ({
    name,
    port,
    cluster: { name: 'plantops', server: name, host: HOST, port: own, password: secrets.routes, routes },
  }));
}
