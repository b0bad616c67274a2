/**
 * A whole plant on one computer: PostgreSQL, NATS, a process for each service, and the demo, all of them supervised.
 */
import { join } from 'node:path';
import {
  FIRST_TENANTS,
  type Secrets,
  addTenant,
  edgeUser,
  loadSecrets,
  readTenants,
  tokensOf,
} from '@plantops/operations';
import { provision } from '@plantops/service-kit';
import { z } from 'zod';
import { ALL_SERVICES, FIRST_TO_STOP, ROOT } from './all-services.ts';
import { openDataDir, type DataDir } from './data-dir.ts';
import {
  freePort,
  messageOf,
  type Running,
  startNodeService,
  startPostgres,
  supervise,
  type Supervised,
  type SupervisorEvent,
} from '@plantops/servers';
import { localUrlOf, refuseAddress } from './gateway-address.ts';
import { refuseServersThatAreAway } from './given-servers.ts';
import { PlantNats } from './plant-nats.ts';
import { removeReadyFile, writeReadyFile, type ReadyFile } from './ready-file.ts';
import {
  inOneProcess,
  NODE_FLAGS,
  serviceProcesses,
  type ProcessSpec,
  type ServiceProcess,
} from './service-processes.ts';
import type { Settings } from './settings.ts';
import { watchDisk } from './watch-disk.ts';

const HOST = '127.0.0.1';
const LOOK_FOR_TENANTS_MS = 500;
const TRY_TENANTS_AGAIN_MS = 5_000;
const CHECK_STREAMS_MS = 10_000;
const STOP_MS = 1_500;
const MOST_SKIPPED = 100;
const PORTS = 'ports.json';
const portsFile = z.record(z.string(), z.number().int().min(1).max(65_535));
const isLastToStop = (name: string) => name === 'postgres' || name.startsWith('nats-server');

export class Plant {
  readonly #settings: Settings;
  readonly #say: (line: string) => void;
  readonly #children: Supervised<Running>[] = [];
  readonly #pids: Record<string, number> = {};
  /** The services that a process runs, by its name. */
  readonly #servicesOf = new Map<string, readonly string[]>();
  #dataDir!: DataDir;
  #secrets!: Secrets;
  #tenants: Record<string, string> = {};
  #ports: Readonly<Record<string, number>> = {};
  /** Files that were skipped. Each is reported once. */
  readonly #skipped = new Set<string>();
  /** Why new tenants could not be added at the last attempt. Each reason is printed once. */
  #whyNotAdded = '';
  /** Undefined when the plant uses an external server. */
  #nats: PlantNats | undefined;
  #watch: NodeJS.Timeout | undefined;
  #streamsWatch: NodeJS.Timeout | undefined;
  #stopWatchingDisk = () => {};
  /** While NATS is started again on purpose. */
  #isChangingNats = false;
  #metrics: Record<string, string> | undefined;
  #ready = false;
  #stopped = false;

  constructor(settings: Settings, say: (line: string) => void) {
    this.#settings = settings;
    this.#say = say;
  }

  /** Starts everything. Resolves when the gateway answers and `ready.json` is written. */
  async start(): Promise<ReadyFile> {
    this.#dataDir = await openDataDir(this.#settings.PLANTOPS_DATA_DIR, this.#say);
    this.#ports = (await this.#dataDir.readJson(PORTS, portsFile)) ?? {};
    for (const { name, pid } of await this.#dataDir.sweep())
      this.#say(`ended ${name} (pid ${pid}), which an earlier start left behind`);
    await removeReadyFile(this.#dataDir);
    await refuseServersThatAreAway(this.#settings);
    await refuseAddress(this.#settings);
    this.#secrets = await loadSecrets(this.#dataDir.path);
    for (const tenant of FIRST_TENANTS) await addTenant(this.#dataDir.path, tenant);
    this.#tenants = await this.#readTenants();

    const [databaseUrl] = await Promise.all([this.#startPostgres(), this.#startNats()]);
    const natsUrlFor = (user: string, password: string) =>
      this.#nats?.urlFor(user, password) ?? String(this.#settings.PLANTOPS_NATS_URL);
    const servers = { databaseUrl, natsUrlFor };
    const services = await serviceProcesses(servers, this.#secrets, this.#settings, this.#say);
    this.#metrics = metricsOf(services);
    const processes = this.#settings.PLANTOPS_PROCESSES === 'one' ? [inOneProcess(services, this.#settings)] : services;
    await Promise.all(processes.map((process) => this.#startServices(process)));
    this.#ready = true;
    const ready = await this.#writeReady();
    if (this.#settings.PLANTOPS_DEMO === 'on') await this.#startDemo();
    this.#watch = setTimeout(() => void this.#lookForTenants(), LOOK_FOR_TENANTS_MS);
    this.#streamsWatch = setTimeout(() => void this.#checkStreams(), CHECK_STREAMS_MS);
    if (this.#nats !== undefined)
      this.#stopWatchingDisk = await watchDisk(this.#dataDir.path, (isFull, free) => this.#onDisk(isFull, free));
    // It may have been stopped meanwhile.
    if (this.#stopped) this.#stopWatchingDisk();
    return ready;
  }

  /**
   * Stops the clients first, then the services, then PostgreSQL and NATS. Each stage gets a second and a half to finish
   * its work.
   */
  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    clearTimeout(this.#watch);
    clearTimeout(this.#streamsWatch);
    this.#stopWatchingDisk();
    const stage = ({ name }: Supervised<Running>) => (FIRST_TO_STOP.has(name) ? 0 : isLastToStop(name) ? 2 : 1);
    for (const now of [0, 1, 2]) {
      await Promise.allSettled(
        this.#children
          .filter((child) => stage(child) === now)
          // The process of all services stops in two stages itself.
          .map((child) => child.stop(child.name === ALL_SERVICES ? 2 * STOP_MS : STOP_MS)),
      );
    }
    if (this.#dataDir === undefined) return;
    await removeReadyFile(this.#dataDir);
    await this.#dataDir.close();
  }

  async #startPostgres(): Promise<string> {
    const given = this.#settings.PLANTOPS_DATABASE_URL;
    if (given !== undefined) return given;
    const port = await this.#portOf('postgres');
    const server = await this.#supervise('postgres', (control) =>
      startPostgres({
        dir: join(this.#dataDir.path, 'postgres'),
        port,
        superuserPassword: this.#secrets.postgres,
        ...control,
      }),
    ).started;
    return server.url;
  }

  /** With an external server, every service uses the user of its URL. */
  async #startNats(): Promise<void> {
    const { PLANTOPS_NATS_URL: given, PLANTOPS_NATS_PORT: asked, PLANTOPS_NATS_SERVERS: servers } = this.#settings;
    if (given !== undefined) {
      await provision(given, Object.keys(this.#tenants));
      return;
    }
    if (asked !== undefined) await portAsked('PLANTOPS_NATS_PORT', asked);
    this.#nats = await PlantNats.start(
      {
        dir: this.#dataDir.path,
        servers: servers === '3' ? 3 : 1,
        secrets: this.#secrets,
        say: this.#say,
        portOf: async (name) => (name === 'nats' ? (asked ?? (await this.#portOf(name, 4222))) : this.#portOf(name)),
        supervise: (name, start) => this.#supervise(name, start),
      },
      this.#tenants,
    );
  }

  /** A port for this name. It is the same at every start while it is free. */
  async #portOf(name: string, preferred?: number): Promise<number> {
    const port = await freePort(this.#ports[name] ?? preferred);
    this.#ports = { ...this.#ports, [name]: port };
    await this.#dataDir.writeJson(PORTS, this.#ports);
    return port;
  }

  async #startServices({ name, services, ...process }: ProcessSpec): Promise<void> {
    this.#servicesOf.set(name, services);
    await this.#supervise(name, (control) => this.#startNode(name, process, control)).started;
  }

  async #startDemo(): Promise<void> {
    const env = {
      PATH: process.env['PATH'],
      PLANTOPS_READY_FILE: join(this.#dataDir.path, 'ready.json'),
      PLANTOPS_TENANT: FIRST_TENANTS[0],
      PLANTOPS_DEMO_SPEED: String(this.#settings.PLANTOPS_DEMO_SPEED),
      PLANTOPS_LOG_LEVEL: this.#settings.PLANTOPS_LOG_LEVEL,
    };
    await this.#supervise('simulator', (control) =>
      this.#startNode(
        'simulator',
        { entry: join(ROOT, 'packages/simulator/src/main.ts'), nodeFlags: NODE_FLAGS, env },
        control,
      ),
    ).started;
  }

  #startNode(
    name: string,
    process: Pick<ProcessSpec, 'entry' | 'nodeFlags' | 'env'>,
    control: { signal: AbortSignal; onSpawn: (pid: number) => Promise<void> },
  ): Promise<Running> {
    return startNodeService({
      name,
      ...process,
      cwd: ROOT,
      logFile: join(this.#dataDir.path, 'logs', `${name}.log`),
      ...control,
    });
  }

  #supervise<R extends Running>(
    name: string,
    start: (control: { signal: AbortSignal; onSpawn: (pid: number) => Promise<void> }) => Promise<R>,
  ): Supervised<R> {
    if (this.#stopped) throw new Error('the plant is being stopped');
    // Without a record a child is not found after a crash of this process. That is better than a plant without it.
    const onSpawn = (pid: number) =>
      this.#dataDir
        .recordChild(name, pid)
        .catch((error: unknown) => this.#say(`${name} (pid ${pid}) could not be recorded: ${messageOf(error)}`));
    const child = supervise<R>({
      name,
      start: (signal) => start({ signal, onSpawn }),
      onEvent: (event) => this.#note(event),
    });
    this.#children.push(child);
    return child;
  }

  #note(event: SupervisorEvent<Running>): void {
    if (event.type === 'started') {
      for (const name of this.#servicesOf.get(event.name) ?? [event.name]) this.#pids[name] = event.pid;
      if (event.restarts > 0) this.#say(`${event.name} runs again (pid ${event.pid})`);
      if (this.#ready && !this.#stopped)
        this.#writeReady().catch((error: unknown) => this.#say(`ready.json could not be written: ${messageOf(error)}`));
    } else if (event.type === 'exited') {
      const isPlanned = this.#isChangingNats && event.name.startsWith('nats-server');
      if (!isPlanned) this.#say(`${event.name} ended unexpectedly (pid ${event.pid}); starting it again`);
    } else this.#say(`${event.name} could not be started: ${event.error.message}`);
  }

  async #writeReady(): Promise<ReadyFile> {
    const tenants = Object.entries(this.#tenants).map(async ([tenant, password]) => {
      const external =
        this.#settings.PLANTOPS_NATS_URL === undefined ? undefined : new URL(this.#settings.PLANTOPS_NATS_URL);
      const edge = external
        ? { user: decodeURIComponent(external.username), password: decodeURIComponent(external.password) }
        : { user: edgeUser(tenant), password };
      return [tenant, { tokens: await tokensOf(this.#secrets.jwt, tenant), edge }] as const;
    });
    const ready: ReadyFile = {
      gateway_url: localUrlOf(this.#settings),
      nats_url: this.#nats?.url ?? withoutUser(this.#settings.PLANTOPS_NATS_URL as string),
      tenants: Object.fromEntries(await Promise.all(tenants)),
      processes: { ...this.#pids },
      ...(this.#metrics === undefined ? {} : { metrics: this.#metrics }),
    };
    await writeReadyFile(this.#dataDir, ready);
    return ready;
  }

  async #onDisk(isFull: boolean, freeBytes: number): Promise<void> {
    const free = `${this.#dataDir.path} has ${Math.floor(freeBytes / 1024 ** 2)} MiB left on its disk`;
    this.#say(
      isFull
        ? `${free}: NATS runs without streams until there is room. Requests are answered, line events and readings are refused`
        : `${free}: NATS runs with its streams again`,
    );
    this.#isChangingNats = true;
    await this.#nats?.keepStreams(!isFull).finally(() => (this.#isChangingNats = false));
  }

  async #provision(): Promise<void> {
    const tenants = Object.keys(this.#tenants);
    if (this.#nats !== undefined) return this.#nats.provision(tenants);
    for (const remark of await provision(this.#settings.PLANTOPS_NATS_URL as string, tenants)) this.#say(remark);
  }

  /** Provisions again and again: a server may lose streams at any time, and anyone may change an external one. */
  async #checkStreams(): Promise<void> {
    try {
      await this.#provision();
    } catch (error) {
      if (!this.#stopped) this.#say(`the streams could not be checked: ${String(error)}`);
    }
    if (!this.#stopped) this.#streamsWatch = setTimeout(() => void this.#checkStreams(), CHECK_STREAMS_MS);
  }

  #readTenants(known?: Readonly<Record<string, string>>): Promise<Record<string, string>> {
    const remark = (line: string) => {
      if (this.#skipped.has(line) || this.#skipped.size === MOST_SKIPPED) return;
      this.#skipped.add(line);
      this.#say(line);
    };
    return readTenants(this.#dataDir.path, remark, known);
  }

  /** Adds tenants that were created while the plant runs: their NATS account, their streams, their tokens. */
  async #lookForTenants(): Promise<void> {
    try {
      const tenants = await this.#readTenants(this.#tenants);
      if (Object.keys(tenants).length !== Object.keys(this.#tenants).length) {
        if (this.#nats === undefined) await provision(this.#settings.PLANTOPS_NATS_URL as string, Object.keys(tenants));
        else await this.#nats.addTenants(tenants);
        this.#tenants = tenants;
        await this.#writeReady();
        this.#say(`tenants now: ${Object.keys(tenants).join(', ')}`);
      }
      this.#whyNotAdded = '';
    } catch (error) {
      const why = messageOf(error);
      if (why !== this.#whyNotAdded) this.#say(`a new tenant could not be added yet: ${why}`);
      this.#whyNotAdded = why;
    }
    const pause = this.#whyNotAdded === '' ? LOOK_FOR_TENANTS_MS : TRY_TENANTS_AGAIN_MS;
    if (!this.#stopped) this.#watch = setTimeout(() => void this.#lookForTenants(), pause);
  }
}

/** The addresses of the metrics of each service; undefined when metrics are off. */
function metricsOf(processes: readonly ServiceProcess[]): Record<string, string> | undefined {
  const served = processes.filter(({ env }) => env['PLANTOPS_METRICS'] === 'on');
  if (served.length === 0) return undefined;
  return Object.fromEntries(
    served.map(({ name, env }) => [name, `http://${HOST}:${env['PLANTOPS_HEALTH_PORT']}/metrics`]),
  );
}

/** Returns the port that a variable asks for. Throws when it is in use. */
async function portAsked(variable: string, port: number): Promise<number> {
  if ((await freePort(port)) === port) return port;
  throw new Error(`Port ${port} is in use: set ${variable} to a free port.`);
}

function withoutUser(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/$/, '');
}
