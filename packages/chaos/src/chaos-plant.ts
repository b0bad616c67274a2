/**
 * The plant that is broken on purpose: a whole plant in a new directory, a second copy of every service, and a list of
 * the processes that this test signalled. Any other process that ends has crashed by itself.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import { SECRETS_FILE, type Secrets } from '@plantops/operations';
import { connect, type NatsConnection } from 'nats';
import { databaseUrlOf, PlantUnderTest, SmallDisk } from '@plantops/testing/plant';
import { commandLine, sendSignal } from '@plantops/servers';
import type { ReadyFile } from '@plantops/plant';
import type { Target } from './schedule.ts';
import { SecondCopies } from './second-copies.ts';

export type Server = 'nats-server' | 'postgres';

/** Space for an hour of load, and for a copy of it while power is lost. */
const SIZE = '4g';
/** Where nats-server keeps its streams: a disk of its own, if that is allowed. */
export const streamsOf = (dataDir: string): string => join(dataDir, 'jetstream');

export class ChaosPlant {
  readonly plant: PlantUnderTest;
  readonly ready: ReadyFile;
  readonly secrets: Secrets;
  readonly databaseUrl: string;
  /** The disk of the streams, if it can be filled. */
  readonly disk: SmallDisk | undefined;
  #copies: SecondCopies | undefined;
  readonly #signalled = new Set<number>();
  readonly #stopped = new Set<number>();
  /** Second copies that ended without a signal of this test. */
  readonly #ended: string[] = [];

  private constructor(
    plant: PlantUnderTest,
    ready: ReadyFile,
    secrets: Secrets,
    databaseUrl: string,
    disk: SmallDisk | undefined,
  ) {
    this.plant = plant;
    this.disk = disk;
    this.ready = ready;
    this.secrets = secrets;
    this.databaseUrl = databaseUrl;
  }

  /**
   * Creates and starts a plant. Calls `onCreated` before the plant is ready, so that it can be removed during its
   * start.
   */
  static async start(onCreated: (plant: PlantUnderTest) => void): Promise<ChaosPlant> {
    const plant = await PlantUnderTest.create({ PLANTOPS_LOG_LEVEL: 'warn' });
    onCreated(plant);
    const disk = await SmallDisk.mount(streamsOf(plant.dataDir), SIZE);
    try {
      await plant.start();
      const secrets = JSON.parse(await readFile(join(plant.dataDir, SECRETS_FILE), 'utf8')) as Secrets;
      return new ChaosPlant(plant, await plant.ready(), secrets, await databaseUrlOf(plant.dataDir), disk);
    } catch (error) {
      await plant.stop();
      await disk?.unmount();
      throw error;
    }
  }

  async startCopies(): Promise<void> {
    const servers = { natsPort: Number(new URL(this.ready.nats_url).port), databaseUrl: this.databaseUrl };
    this.#copies = await SecondCopies.start(this.plant.dataDir, this.secrets, servers, (name, pid, code) => {
      if (!this.#signalled.has(pid)) this.#ended.push(`${name}/2 (pid ${pid}) with code ${code}`);
    });
  }

  get copies(): SecondCopies {
    if (this.#copies === undefined) throw new Error('the second copies are not started');
    return this.#copies;
  }

  get gateways(): readonly string[] {
    return [this.ready.gateway_url, this.copies.gatewayUrl];
  }

  /** Signals a copy of a service or a server. Returns false when it does not run. */
  async signal(who: Target | Server, signal: NodeJS.Signals): Promise<boolean> {
    const pid = await this.#pidOf(who);
    // Between an end and the next start, ready.json still has the old pid, which may be another process now.
    const expected = typeof who === 'string' ? who : `services/${who.service}/`;
    if (pid === undefined || !((await commandLine(pid)) ?? '').includes(expected)) return false;
    if (signal === 'SIGSTOP') this.#stopped.add(pid);
    else if (signal === 'SIGCONT') this.#stopped.delete(pid);
    else this.#signalled.add(pid);
    sendSignal(pid, signal);
    return true;
  }

  async #pidOf(who: Target | Server): Promise<number | undefined> {
    if (typeof who === 'string') return this.plant.pidOf(who);
    return who.copy === 1 ? this.plant.pidOf(who.service) : this.copies.pidOf(who.service);
  }

  /** The running processes of all services. */
  async pids(): Promise<ReadonlyMap<string, number>> {
    const { processes } = await this.plant.ready();
    return new Map(
      serviceNames.flatMap((name) =>
        [processes[name], this.copies.pidOf(name)].flatMap((pid, index) =>
          pid === undefined ? [] : [[`${name}/${index + 1}`, pid] as const],
        ),
      ),
    );
  }

  /** Resumes every stopped process. */
  resumeAll(): void {
    for (const pid of this.#stopped) sendSignal(pid, 'SIGCONT');
    this.#stopped.clear();
  }

  /** The processes that ended by themselves, as their supervisor noticed. */
  endedByThemselves(): string[] {
    const firsts = [...this.plant.output.matchAll(/^(\S+) ended unexpectedly \(pid (\d+)\)/gm)]
      .filter(([, , pid]) => !this.#signalled.has(Number(pid)))
      .map(([, name, pid]) => `${name}/1 (pid ${pid})`);
    return [...firsts, ...this.#ended];
  }

  /** Connects with the NATS user of a service, of a tenant's edge, or of the provisioner. */
  connect(who: ServiceName | 'provisioner' | { readonly edge: string }): Promise<NatsConnection> {
    const edge = typeof who === 'object' ? this.ready.tenants[who.edge]?.edge : undefined;
    const service = typeof who === 'object' ? '' : who;
    const pass =
      edge?.password ??
      (service === 'provisioner' ? this.secrets.provisioner : this.secrets.services[service as ServiceName].nats);
    return connect({
      servers: new URL(this.ready.nats_url).host,
      user: edge?.user ?? service,
      pass,
      ...(edge ? {} : { inboxPrefix: `_INBOX_${service}` }),
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      pingInterval: 5_000,
      maxPingOut: 2,
      ignoreAuthErrorAbort: true,
      noAsyncTraces: true,
      waitOnFirstConnect: true,
    });
  }

  async stop(): Promise<void> {
    this.resumeAll();
    await this.#copies?.stop();
    await this.plant.stop();
    await this.disk?.unmount();
    await this.plant.remove();
  }
}
