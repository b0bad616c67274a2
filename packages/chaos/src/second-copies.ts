/**
 * A second copy of every service, each behind its own proxies to NATS and PostgreSQL. A copy that ends is started
 * again.
 */
import { join } from 'node:path';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import type { Secrets } from '@plantops/operations';
import { freePort, type Running, startNodeService, supervise, type Supervised } from '@plantops/servers';
import { NODE_FLAGS, readSettings, ROOT, serviceProcesses } from '@plantops/plant';
import { TcpProxy } from './tcp-proxy.ts';

const HOST = '127.0.0.1';
const STOP_MS = 3_000;
const SKEWED_CLOCK = new URL('./skewed-clock.mjs', import.meta.url).href;
const BACKOFF = { firstMs: 200, maxMs: 3_000, resetAfterMs: 5_000 };

export type Link = 'nats' | 'postgres';
export type Servers = { readonly natsPort: number; readonly databaseUrl: string };
type Ended = (name: ServiceName, pid: number, code: number | null) => void;

export class SecondCopies {
  readonly gatewayUrl: string;
  readonly #proxies: ReadonlyMap<ServiceName, Readonly<Record<Link, TcpProxy>>>;
  readonly #copies = new Map<ServiceName, Supervised<Running>>();
  readonly #skews = new Map<ServiceName, number>();
  /** The number of failed starts. Starts fail while a server is away. */
  failedStarts = 0;

  private constructor(gatewayUrl: string, proxies: ReadonlyMap<ServiceName, Readonly<Record<Link, TcpProxy>>>) {
    this.gatewayUrl = gatewayUrl;
    this.#proxies = proxies;
  }

  static async start(dataDir: string, secrets: Secrets, servers: Servers, onEnd: Ended): Promise<SecondCopies> {
    const databasePort = Number(new URL(servers.databaseUrl).port);
    const proxies = new Map<ServiceName, Record<Link, TcpProxy>>();
    for (const name of serviceNames)
      proxies.set(name, { nats: await TcpProxy.open(servers.natsPort), postgres: await TcpProxy.open(databasePort) });
    const port = await freePort();
    const copies = new SecondCopies(`http://${HOST}:${port}`, proxies);
    const natsUrlFor = (user: string, password: string) =>
      `nats://${user}:${encodeURIComponent(password)}@${HOST}:${proxies.get(user as ServiceName)?.nats.port}`;
    const settings = readSettings({
      PLANTOPS_PORT: String(port),
      PLANTOPS_RATE_LIMIT: 'off',
      PLANTOPS_LOG_LEVEL: 'warn',
    });
    const processes = await serviceProcesses({ databaseUrl: servers.databaseUrl, natsUrlFor }, secrets, settings);
    for (const { name, entry, env } of processes) {
      const logFile = join(dataDir, 'logs', `${name}-2.log`);
      const behind = { ...env, ...throughProxy(env, copies.proxy(name, 'postgres').port) };
      const copy = supervise<Running>({
        name,
        backoff: BACKOFF,
        start: (signal) =>
          startNodeService({
            name,
            entry,
            env: behind,
            cwd: ROOT,
            nodeFlags: [...NODE_FLAGS, ...copies.#clockOf(name)],
            logFile,
            signal,
          }),
        onEvent: (event) => {
          if (event.type === 'exited') onEnd(name, event.pid, event.code);
          if (event.type === 'start-failed') copies.failedStarts += 1;
        },
      });
      copies.#copies.set(name, copy);
    }
    await Promise.all([...copies.#copies.values()].map(({ started }) => started));
    return copies;
  }

  proxy(service: ServiceName, link: Link): TcpProxy {
    return (this.#proxies.get(service) as Record<Link, TcpProxy>)[link];
  }

  /** Sets by how many milliseconds the clock is wrong from the next start on. */
  setClock(service: ServiceName, skewMs: number): void {
    this.#skews.set(service, skewMs);
  }

  #clockOf(service: ServiceName): string[] {
    const skewMs = this.#skews.get(service) ?? 0;
    return skewMs === 0 ? [] : ['--import', `${SKEWED_CLOCK}?ms=${skewMs}`];
  }

  /** The number of connections that lost bytes. */
  get hits(): number {
    return [...this.#proxies.values()].reduce((sum, { nats, postgres }) => sum + nats.hits + postgres.hits, 0);
  }

  pidOf(service: ServiceName): number | undefined {
    return this.#copies.get(service)?.current()?.pid;
  }

  async stop(): Promise<void> {
    await Promise.allSettled([...this.#copies.values()].map((copy) => copy.stop(STOP_MS)));
    await Promise.all([...this.#proxies.values()].flatMap(({ nats, postgres }) => [nats.close(), postgres.close()]));
  }
}

/** Only services with a database have database URLs. */
const throughProxy = (env: NodeJS.ProcessEnv, port: number): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      if (!/^PLANTOPS_DATABASE_(OWNER_)?URL$/.test(name) || value === undefined) return [];
      const url = new URL(value);
      url.port = String(port);
      return [[name, url.href]];
    }),
  );
