/** Runs one service on real PostgreSQL and NATS. The test plays the other services, by their contracts. */
import { randomUUID } from 'node:crypto';
import {
  eventSubject,
  ingestSubject,
  mayCall,
  readingsSubject,
  serviceNames,
  streamName,
  type CloudEvent,
  type EventContract,
  type Operation,
  type Role,
  type ServiceName,
} from '@plantops/contracts';
import { natsUrlOf, TEST_TENANTS, testServers, waitFor } from '@plantops/fixtures';
import {
  Bus,
  createLogger,
  Lifetime,
  provision,
  systemClock,
  type Answer,
  type Call,
  type Clock,
  type Start,
} from '@plantops/service-kit';
import { connect, type NatsConnection } from 'nats';
import { Pool } from 'pg';
import type { z } from 'zod';
import { copyTemplate } from './templates.ts';

export type Neighbour = { readonly service: ServiceName; readonly answers: readonly Answer[] };

export class ServiceHarness {
  readonly #lifetime = new Lifetime(createLogger('test', 'silent'));
  readonly #buses = new Map<string, Bus>();
  readonly #service: ServiceName;
  #edge!: NatsConnection;
  /** The service's database, as its owner, who sees the rows of every tenant. */
  rows!: Pool;
  /** The URL that the service itself uses. Its role is not the owner. */
  databaseUrl!: string;

  private constructor(service: ServiceName) {
    this.#service = service;
  }

  /** Starts the service, with neighbours that the test plays and a clock that the test sets. */
  static async start<C>(
    service: ServiceName,
    start: Start<C>,
    readConfig: (env: NodeJS.ProcessEnv) => C,
    {
      neighbours = [],
      env = {},
      now = systemClock,
    }: { neighbours?: readonly Neighbour[]; env?: NodeJS.ProcessEnv; now?: Clock } = {},
  ): Promise<ServiceHarness> {
    const harness = new ServiceHarness(service);
    const logger = createLogger(service, process.env['PLANTOPS_TEST_LOG'] ?? 'fatal');
    const lifetime = harness.#lifetime;
    await emptyBroker();
    const database = await copyTemplate(testServers().databaseUrl, service).catch(() => undefined);
    if (database) {
      lifetime.defer('database', database.drop);
      harness.databaseUrl = database.url;
      harness.rows = new Pool({ connectionString: database.ownerUrl, max: 2 });
      // A connection that is still closing when the database is dropped emits an error. Nothing else handles it.
      harness.rows.on('connect', (client) => client.on('error', () => {}));
      harness.rows.on('error', () => {});
      lifetime.defer('rows', () => harness.rows.end());
    }
    harness.#edge = await connect({
      servers: new URL(natsUrlOf('x')).host,
      user: new URL(natsUrlOf('edge_akron')).username,
      pass: decodeURIComponent(new URL(natsUrlOf('edge_akron')).password),
    });
    lifetime.defer('edge', () => harness.#edge.close());
    for (const neighbour of neighbours) {
      const bus = await harness.#busOf(neighbour.service);
      lifetime.defer(neighbour.service, await bus.serve(neighbour.service, neighbour.answers));
    }
    const variables = {
      ...env,
      PLANTOPS_NATS_URL: natsUrlOf(service),
      ...(database ? { PLANTOPS_DATABASE_URL: database.url } : {}),
    };
    const inner = new Lifetime(logger);
    lifetime.defer(service, () => inner.close());
    await start(readConfig(variables), inner, logger, now);
    return harness;
  }

  /**
   * Calls an operation as a person of a tenant does through the gateway, or, for one that has no route, as a service
   * that calls it.
   */
  async call<I extends z.ZodType, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
    who: { tenant?: string; role?: Role; expectedVersion?: number; idempotencyKey?: string } = {},
  ): Promise<z.infer<O>> {
    const { tenant = 'akron', role = 'admin', ...rest } = who;
    const call: Call = {
      tenant,
      actor: `${role}@${tenant}`,
      roles: [role],
      deadline: Date.now() + 5_000,
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      ...rest,
    };
    const caller = operation.internal ? serviceNames.find((name) => mayCall(name, operation)) : 'gateway';
    if (caller === undefined)
      throw new Error(`no service calls ${operation.subject}: packages/contracts/src/topology.ts`);
    return (await this.#busOf(caller)).call(operation, input, call);
  }

  /** Publishes an event as its owner does. Returns its id. */
  async announce<D extends z.ZodType>(
    event: EventContract<D>,
    data: z.infer<D> & { id: string },
    tenant = 'akron',
    id: string = randomUUID(),
  ): Promise<string> {
    const cloudEvent: CloudEvent = {
      specversion: '1.0',
      id,
      source: `/plantops/${event.service}`,
      type: event.type,
      subject: data.id,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      tenantid: tenant,
      actor: 'test',
      data,
    };
    // A new Nats-Msg-Id each time: the broker must not drop the second delivery that a test sends on purpose.
    const [stored] = await (
      await this.#busOf(event.service)
    ).publish([
      { id: randomUUID(), subject: eventSubject(event, tenant, data.id), payload: JSON.stringify(cloudEvent) },
    ]);
    if (stored !== undefined && 'error' in stored) throw stored.error;
    return id;
  }

  /**
   * Publishes a line event as akron's edge user. The body may be anything. The tapes of tests are old: an event is sent
   * as a backfill unless its body says otherwise.
   */
  async publish(line: string, kind: string, body: unknown): Promise<void> {
    await this.#edge
      .jetstream()
      .publish(
        ingestSubject('akron', line, kind),
        typeof body === 'string' ? body : JSON.stringify({ backfill: true, ...(body as object) }),
      );
  }

  /** Publishes readings as akron's edge user. The body may be anything. */
  async publishReadings(line: string, sensor: string, body: unknown): Promise<void> {
    await this.#edge
      .jetstream()
      .publish(readingsSubject('akron', line, sensor), typeof body === 'string' ? body : JSON.stringify(body));
  }

  /** The line events that the stream of a tenant holds, in order. */
  async ingested(tenant = 'akron'): Promise<{ readonly subject: string; readonly body: Record<string, unknown> }[]> {
    const connection = await connectAsProvisioner();
    try {
      const stream = streamName.ingest(tenant);
      const { state } = await (await connection.jetstreamManager()).streams.info(stream);
      if (state.messages === 0) return [];
      const messages = await (
        await connection.jetstream().consumers.get(stream)
      ).fetch({ max_messages: state.messages });
      const events = [];
      for await (const message of messages)
        events.push({ subject: message.subject, body: message.json<Record<string, unknown>>() });
      return events;
    } finally {
      await connection.close();
    }
  }

  /** The events in the service's outbox, in order. */
  async announced(type?: string): Promise<CloudEvent[]> {
    const { rows } = await this.rows.query<{ payload: string }>(
      "select payload from outbox where subject not like 'plantops.rejected.%' order by id",
    );
    return rows
      .map(({ payload }) => JSON.parse(payload) as CloudEvent)
      .filter((event) => type === undefined || event.type === type);
  }

  /** Waits until the service has published its outbox and consumed everything that its streams hold. */
  async settled(timeoutMs?: number): Promise<void> {
    const connection = await connectAsProvisioner();
    try {
      const manager = await connection.jetstreamManager();
      await waitFor(
        `${this.#service} to consume its streams`,
        async () => {
          const before = await this.#outbox();
          if (before.pending > 0) return false;
          for await (const stream of manager.streams.list()) {
            for await (const { name, config, delivered, num_ack_pending } of manager.consumers.list(
              stream.config.name,
            )) {
              if (name !== this.#service && !name.startsWith(`${this.#service}_`)) continue;
              // Compares sequences, because the consumer's num_pending lags behind a message that was just stored.
              const last = await manager.streams
                .getMessage(stream.config.name, { last_by_subj: config.filter_subject || '>' })
                .catch(none);
              if (delivered.stream_seq < (last?.seq ?? 0) || num_ack_pending > 0) return false;
            }
          }
          // Meanwhile it may have consumed an event that releases waiting line events, or that made it announce an
          // event it consumes.
          if (await this.#isReleasing()) return false;
          const after = await this.#outbox();
          return after.pending === 0 && after.last === before.last;
        },
        timeoutMs,
      );
    } finally {
      await connection.close();
    }
  }

  async #outbox(): Promise<{ last: string; pending: number }> {
    const { rows } = await this.rows.query<{ last: string; pending: string }>(
      'select coalesce(max(id), 0) as last, count(*) filter (where published_at is null) as pending from outbox',
    );
    return { last: rows[0]?.last ?? '0', pending: Number(rows[0]?.pending) };
  }

  /** Whether waiting line events whose line, batch or stop is known now are still to be applied. */
  async #isReleasing(): Promise<boolean> {
    const { rows } = await this.rows.query<{ keeps: boolean }>("select to_regclass('known_key') is not null as keeps");
    return rows[0]?.keeps === true && (await this.rows.query('select from known_key')).rowCount !== 0;
  }

  async #busOf(name: ServiceName): Promise<Bus> {
    const known = this.#buses.get(name);
    if (known) return known;
    const bus = await Bus.connect(name, natsUrlOf(name), createLogger(name, 'silent'));
    this.#buses.set(name, bus);
    this.#lifetime.defer(`bus of ${name}`, () => bus.close());
    return bus;
  }

  close(): Promise<void> {
    return this.#lifetime.close();
  }
}

const none = () => undefined;

function connectAsProvisioner(): Promise<NatsConnection> {
  const url = new URL(natsUrlOf('provisioner'));
  return connect({
    servers: url.host,
    user: url.username,
    pass: decodeURIComponent(url.password),
    inboxPrefix: '_INBOX_provisioner',
  });
}

/** Deletes all streams of earlier test files and creates them again. */
async function emptyBroker(): Promise<void> {
  const connection = await connectAsProvisioner();
  const manager = await connection.jetstreamManager();
  const names: string[] = [];
  for await (const stream of manager.streams.list()) names.push(stream.config.name);
  await Promise.all(names.map((name) => manager.streams.delete(name)));
  await connection.close();
  await provision(natsUrlOf('provisioner'), TEST_TENANTS);
}
