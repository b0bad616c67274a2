/**
 * The provisioner: creates the wanted streams and consumers on a NATS server, and corrects those that differ. It is run
 * again and again; when nothing differs it only reads.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { connect, NatsError, type ConsumerInfo, type JetStreamManager, type NatsConnection } from 'nats';
import { kindOfStream, tenantStreams, type ServiceName } from '@plantops/contracts';
import { tryDuringReload } from '../connect-patiently.ts';
import { connectionOptions } from '../connection-options.ts';
import { found } from '../requests/found.ts';
import { makeRoom } from './make-room.ts';
import { complete, wantedStreams, type WantedConsumer, type WantedStream } from './streams.ts';

const NEW_LEADER_MS = 1_000;

type Options = {
  /** The number of servers that keep each stream. Absent: an existing stream keeps its number, a new one gets one. */
  readonly replicas?: number | undefined;
  /**
   * Recreate all consumers of this service: its database was restored from a backup, so it must consume again what it
   * consumed since then.
   */
  readonly again?: ServiceName | undefined;
};

/**
 * Provisions the server at `url`, as its user `provisioner`, for these tenants. Returns a sentence for each consumer it
 * recreated.
 */
export function provision(url: string, tenants: readonly string[], options: Options = {}): Promise<string[]> {
  // A reload may fail any step, also after the connection. Each step may be repeated, so all of them start again.
  return tryDuringReload(async () => {
    const connection = await connect({
      ...connectionOptions(url),
      name: 'provisioner',
      inboxPrefix: '_INBOX_provisioner',
      timeout: 2_000,
    });
    try {
      return await provisionStreams(connection, tenants, options);
    } finally {
      await connection.close();
    }
  });
}

/**
 * Creates or updates every stream and consumer that differs. Reads each back, and throws when the server stored another
 * setting.
 */
async function provisionStreams(
  connection: NatsConnection,
  tenants: readonly string[],
  options: Options,
): Promise<string[]> {
  const manager = await connection.jetstreamManager({ timeout: 10_000 });
  const recreated: string[] = [];
  const failures: unknown[] = [];
  for (const wanted of wantedStreams(tenants)) {
    try {
      recreated.push(...(await provisionStream(manager, wanted, options)));
    } catch (error) {
      // No answer: the others would get none either.
      if (error instanceof NatsError && error.api_error === undefined) throw error;
      failures.push(error);
    }
  }
  // What cannot be made for one tenant is made for the others.
  if (failures.length > 0) throw failures[0];
  return recreated;
}

async function provisionStream(
  manager: JetStreamManager,
  { stream, consumers, retired }: WantedStream,
  { replicas, again }: Options,
): Promise<string[]> {
  const { name } = stream;
  const recreated: string[] = [];
  const there = await found(manager.streams.info(name));
  const wanted = complete(stream, replicas ?? there?.config.num_replicas ?? 1);
  if (there === undefined) await manager.streams.add({ ...wanted });
  else if (differences(wanted, there.config).length > 0) await manager.streams.update(name, { ...wanted });
  assertSame(`stream ${name}`, wanted, (await manager.streams.info(name)).config);
  for (const consumer of consumers) {
    const mustRecreate = again !== undefined && ownerOf(consumer) === again;
    recreated.push(...(await provisionConsumer(manager, name, consumer, mustRecreate)));
  }
  for (const consumer of retired) await retire(manager, name, consumer);
  const durables = consumers.map(({ durable_name }) => durable_name);
  if (isOfTenant(name)) await makeRoom(manager, stream, durables);
  return recreated;
}

/** Streams of a tenant refuse new messages when they are full; shared ones drop the oldest, or keep one a row. */
const isOfTenant = (name: string): boolean => (tenantStreams as readonly string[]).includes(kindOfStream(name));

/** The service in `<service>` or `<service>_<tenant>`; neither part contains a `_`. */
const ownerOf = ({ durable_name }: WantedConsumer): string => durable_name.split('_')[0] as string;

async function provisionConsumer(
  manager: JetStreamManager,
  stream: string,
  wanted: WantedConsumer,
  mustRecreate: boolean,
): Promise<string[]> {
  const { durable_name: name } = wanted;
  const there = await found(manager.consumers.info(stream, name));
  const fault = there && (mustRecreate ? 'was to deliver again' : await faultOf(manager, stream, there, wanted));
  if (fault !== undefined) await manager.consumers.delete(stream, name);
  if (there === undefined || fault !== undefined) await manager.consumers.add(stream, { ...wanted });
  else if (differences(wanted, there.config).length > 0) await manager.consumers.update(stream, name, { ...wanted });
  assertSame(`consumer ${name} of ${stream}`, wanted, (await manager.consumers.info(stream, name)).config);
  return fault === undefined
    ? []
    : [`consumer ${name} of ${stream} ${fault}: created again, it delivers all messages again`];
}

const faultOf = async (
  manager: JetStreamManager,
  stream: string,
  there: ConsumerInfo,
  wanted: WantedConsumer,
): Promise<string | undefined> =>
  isForeign(there.config, wanted) ? 'was changed by hand' : aheadOf(manager, stream, there);

/**
 * Deletes a consumer of an earlier version, unless copies of that version still wait at it. Events that both versions
 * consume take effect once.
 */
async function retire(manager: JetStreamManager, stream: string, name: string): Promise<void> {
  const there = await found(manager.consumers.info(stream, name));
  if (there?.num_waiting === 0) await manager.consumers.delete(stream, name);
}

/**
 * Returns why a consumer counts as ahead of its stream. Reads the stream after the consumer, so that messages that are
 * delivered meanwhile do not make a healthy consumer look ahead. A newly elected leader may lag its replicas, so asks
 * twice.
 */
async function aheadOf(manager: JetStreamManager, stream: string, consumer: ConsumerInfo): Promise<string | undefined> {
  if (!isAhead(consumer, (await manager.streams.info(stream)).state)) return undefined;
  await delay(NEW_LEADER_MS);
  const { state } = await manager.streams.info(stream);
  if (!isAhead(consumer, state)) return undefined;
  return `was at ${consumer.delivered.stream_seq} of a stream that ends at ${state.last_seq}`;
}

type Place = { readonly stream_seq: number };
type Reached = { readonly delivered: Place; readonly ack_floor: Place };
/** A consumer is ahead when the stream has lost its end. It would skip the messages that the stream stores next. */
export const isAhead = ({ delivered, ack_floor }: Reached, { last_seq }: { readonly last_seq: number }): boolean =>
  Math.max(delivered.stream_seq, ack_floor.stream_seq) > last_seq;

/** If one of these settings differs, someone edited the consumer by hand and it may skip messages. */
const FOREIGN = [
  'filter_subject',
  'filter_subjects',
  'deliver_subject',
  'inactive_threshold',
  'headers_only',
  'rate_limit_bps',
  'opt_start_seq',
  'opt_start_time',
  'mem_storage',
];
const isForeign = (stored: object, wanted: object): boolean =>
  Reflect.get(stored, 'durable_name') === undefined ||
  FOREIGN.some((setting) => (Reflect.get(stored, setting) || undefined) !== Reflect.get(wanted, setting));

/** Describes each setting that the server stored with another value. */
const differences = (wanted: object, stored: object): string[] =>
  Object.entries(wanted).flatMap(([setting, value]) => {
    const kept: unknown = Reflect.get(stored, setting) ?? 0;
    if (JSON.stringify(kept) === JSON.stringify(value)) return [];
    return [`asked for ${setting} ${JSON.stringify(value)}, the server kept ${JSON.stringify(kept)}`];
  });

/** Throws when a wanted setting was stored with another value: older servers ignore settings that they do not know. */
function assertSame(what: string, wanted: object, stored: object): void {
  const [difference] = differences(wanted, stored);
  if (difference !== undefined) throw new Error(`${what}: ${difference}`);
}
