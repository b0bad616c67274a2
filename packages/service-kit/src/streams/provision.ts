/**
 * The provisioner: brings a NATS server to the streams and consumers that are wanted, and puts right what it finds otherwise. It is run
 * again and again; where everything is as it should be it only looks.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName } from '@plantops/contracts';
import type { ConsumerInfo, JetStreamManager, NatsConnection } from 'nats';
import { connectPatiently } from '../connect-patiently.ts';
import { connectionOptions } from '../connection-options.ts';
import { found } from '../requests/found.ts';
import { complete, wantedStreams, type WantedConsumer } from './streams.ts';

const NEW_LEADER_MS = 1_000;

type Options = {
  /** On how many servers each stream is kept; absent: on as many as it is, a new one on a single one. */
  readonly replicas?: number | undefined;
  /** Its consumers are made anew whatever they look like: its database was restored, and it is to take in once more what it has taken in since. */
  readonly again?: ServiceName | undefined;
};

/** Does so at `url` (as the user `provisioner`) for these tenants. Returns what it had to make anew, in words. */
export const provision = async (url: string, tenants: readonly string[], options: Options = {}): Promise<string[]> => {
  const connection = await connectPatiently({
    ...connectionOptions(url),
    name: 'provisioner',
    inboxPrefix: '_INBOX_provisioner',
    timeout: 10_000,
  });
  try {
    return await provisionStreams(connection, tenants, options);
  } finally {
    await connection.close();
  }
};

/** Creates or updates every stream and consumer that differs, reads each back and refuses what the server kept otherwise. */
const provisionStreams = async (
  connection: NatsConnection,
  tenants: readonly string[],
  { replicas, again }: Options,
): Promise<string[]> => {
  const manager = await connection.jetstreamManager({ timeout: 10_000 });
  const madeAnew: string[] = [];
  for (const { stream, consumers, retired } of wantedStreams(tenants)) {
    const { name } = stream;
    const there = await found(manager.streams.info(name));
    const wanted = complete(stream, replicas ?? there?.config.num_replicas ?? 1);
    if (there === undefined) await manager.streams.add({ ...wanted });
    else if (differences(wanted, there.config).length > 0) await manager.streams.update(name, { ...wanted });
    assertSame(`stream ${name}`, wanted, (await manager.streams.info(name)).config);
    for (const consumer of consumers) {
      const isAsked = again !== undefined && ownerOf(consumer) === again;
      madeAnew.push(...(await provisionConsumer(manager, name, consumer, isAsked)));
    }
    for (const consumer of retired) await retire(manager, name, consumer);
  }
  return madeAnew;
};

/** `<service>` or `<service>_<tenant>`; neither has a `_` in it. */
const ownerOf = ({ durable_name }: WantedConsumer): string => durable_name.split('_')[0] as string;

const provisionConsumer = async (
  manager: JetStreamManager,
  stream: string,
  wanted: WantedConsumer,
  isAsked: boolean,
): Promise<string[]> => {
  const { durable_name: name } = wanted;
  const there = await found(manager.consumers.info(stream, name));
  const fault = there && (isAsked ? 'was to deliver again' : await faultOf(manager, stream, there, wanted));
  if (fault !== undefined) await manager.consumers.delete(stream, name);
  if (there === undefined || fault !== undefined) await manager.consumers.add(stream, { ...wanted });
  else if (differences(wanted, there.config).length > 0) await manager.consumers.update(stream, name, { ...wanted });
  assertSame(`consumer ${name} of ${stream}`, wanted, (await manager.consumers.info(stream, name)).config);
  return fault === undefined ? [] : [`consumer ${name} of ${stream} ${fault}: made anew, it delivers all again`];
};

const faultOf = async (
  manager: JetStreamManager,
  stream: string,
  there: ConsumerInfo,
  wanted: WantedConsumer,
): Promise<string | undefined> => (isForeign(there.config, wanted) ? 'was changed by somebody' : aheadOf(manager, stream, there));

/** While copies of an earlier version wait at it, it stays: what both versions take in has its effect once. */
const retire = async (manager: JetStreamManager, stream: string, name: string): Promise<void> => {
  const there = await found(manager.consumers.info(stream, name));
  if (there?.num_waiting === 0) await manager.consumers.delete(stream, name);
};

/**
 * The stream is looked at after the consumer: what was delivered meanwhile does not make a healthy one look ahead. Where a stream is kept
 * more than once, who leads it since a moment ago may not have taken in yet what the others have: it is asked twice.
 */
const aheadOf = async (manager: JetStreamManager, stream: string, consumer: ConsumerInfo): Promise<string | undefined> => {
  if (!isAhead(consumer, (await manager.streams.info(stream)).state)) return undefined;
  await delay(NEW_LEADER_MS);
  const { state } = await manager.streams.info(stream);
  if (!isAhead(consumer, state)) return undefined;
  return `was at ${consumer.delivered.stream_seq} of a stream that ends at ${state.last_seq}`;
};

type Place = { readonly stream_seq: number };
type Reached = { readonly delivered: Place; readonly ack_floor: Place };
/** A consumer that has come further than its stream goes: the stream has lost its end, and what is stored there next would be passed by. */
export const isAhead = ({ delivered, ack_floor }: Reached, { last_seq }: { readonly last_seq: number }): boolean =>
  Math.max(delivered.stream_seq, ack_floor.stream_seq) > last_seq;

/** A consumer that has one of these otherwise than it is asked for was changed by somebody else, and would pass by what it should deliver. */
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

/** Settings that the server keeps otherwise than they are wanted. */
const differences = (wanted: object, stored: object): string[] =>
  Object.entries(wanted).flatMap(([setting, value]) => {
    const kept: unknown = Reflect.get(stored, setting) ?? 0;
    if (JSON.stringify(kept) === JSON.stringify(value)) return [];
    return [`asked for ${setting} ${JSON.stringify(value)}, the server kept ${JSON.stringify(kept)}`];
  });

/** Older servers ignore what they do not know and newer ones add defaults: every wanted setting must be found again as it was asked for. */
const assertSame = (what: string, wanted: object, stored: object): void => {
  const [difference] = differences(wanted, stored);
  if (difference !== undefined) throw new Error(`${what}: ${difference}`);
};
