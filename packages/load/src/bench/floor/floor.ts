/**
 * The floor: what the same work costs in the same topology without a product. HTTP, a NATS request, one prepared
 * statement; a batch of messages, one statement. It validates nothing, has no outbox, no tenants and no roles. It runs on
 * the plant's own PostgreSQL and NATS, in its own database and its own NATS account.
 */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@plantops/fixtures';
import { NODE_FLAGS, ROOT } from '@plantops/plant';
import { freePort, type Running, sendSignal, startNodeService } from '@plantops/servers';
import { databaseUrlOf, type PlantUnderTest } from '@plantops/testing/plant';
import { AckPolicy, connect, type NatsConnection } from 'nats';
import pg from 'pg';
import type { NatsAccess } from '../loader/jobs.ts';
import { SCHEMA, STREAMS } from './streams.ts';

const USER = 'floor';

export class Floor {
  readonly url: string;
  readonly access: NatsAccess;
  readonly database: pg.Client;
  readonly #running: ReadonlyMap<string, Running>;

  private constructor(url: string, access: NatsAccess, database: pg.Client, running: ReadonlyMap<string, Running>) {
    this.url = url;
    this.access = access;
    this.database = database;
    this.#running = running;
  }

  /** Starts the floor beside a running plant. `onStart` gets each process at once, so that it can be stopped. */
  static async start(plant: PlantUnderTest, onStart: (stop: () => Promise<void>) => void): Promise<Floor> {
    const access = await addAccount(plant);
    await addStreams(access);
    const { databaseUrl, database } = await addDatabase(plant);
    onStart(() => database.end());
    const port = await freePort();
    const env = {
      PATH: process.env['PATH'],
      FLOOR_NATS: access.servers,
      FLOOR_USER: access.user,
      FLOOR_PASSWORD: access.pass,
      FLOOR_DATABASE_URL: databaseUrl,
      FLOOR_PORT: String(port),
    };
    const running = new Map<string, Running>();
    const run = async (name: string, entry: string, more: NodeJS.ProcessEnv = {}) => {
      const one = await startNodeService({
        name,
        entry: join(import.meta.dirname, entry),
        cwd: ROOT,
        env: { ...env, ...more },
        nodeFlags: NODE_FLAGS,
        logFile: join(plant.dataDir, 'logs', `${name}.log`),
      });
      running.set(name, one);
      onStart(() => one.stop());
    };
    const consumers = Object.keys(STREAMS).map((stream) =>
      run(stream.toLowerCase().replace('_', '-'), 'consumer.ts', { FLOOR_STREAM: stream }),
    );
    await Promise.all([...consumers, run('floor-service', 'service.ts'), run('floor-gateway', 'gateway.ts')]);
    return new Floor(`http://127.0.0.1:${port}`, access, database, running);
  }

  get processes(): Record<string, number> {
    return Object.fromEntries([...this.#running].map(([name, { pid }]) => [name, pid]));
  }
}

/** Adds an account without permissions to check. The plant writes its configuration again only for a new tenant. */
async function addAccount(plant: PlantUnderTest): Promise<NatsAccess> {
  const file = join(plant.dataDir, 'nats.conf');
  const conf = JSON.parse(await readFile(file, 'utf8')) as { accounts: object };
  const password = randomBytes(16).toString('hex');
  const account = { jetstream: 'enabled', users: [{ user: USER, password }] };
  await writeFile(file, JSON.stringify({ ...conf, accounts: { ...conf.accounts, FLOOR: account } }));
  sendSignal(await plant.pidOf('nats-server'), 'SIGHUP');
  const access = { servers: new URL((await plant.ready()).nats_url).host, user: USER, pass: password };
  await waitFor('the account of the floor', async () => {
    await (await connect({ ...access, reconnect: false })).close();
    return true;
  });
  return access;
}

async function addStreams(access: NatsAccess): Promise<void> {
  const connection: NatsConnection = await connect(access);
  const manager = await connection.jetstreamManager();
  for (const [name, { subjects }] of Object.entries(STREAMS)) {
    await manager.streams.add({ name, subjects: [subjects] });
    await manager.consumers.add(name, { durable_name: name, ack_policy: AckPolicy.Explicit, max_ack_pending: 5_000 });
  }
  await connection.close();
}

async function addDatabase(plant: PlantUnderTest): Promise<{ databaseUrl: string; database: pg.Client }> {
  const url = new URL(await databaseUrlOf(plant.dataDir));
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await admin.query('create database floor');
  await admin.end();
  url.pathname = '/floor';
  const database = new pg.Client({ connectionString: url.href });
  await database.connect();
  await database.query(SCHEMA);
  return { databaseUrl: url.href, database };
}
