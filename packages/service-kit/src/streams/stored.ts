/** The state of streams: a publisher checks that they still hold what they acknowledged. */
import { consumerName, streamName, topology, type ServiceName } from '@plantops/contracts';
import type { NatsConnection } from 'nats';
import { found } from '../requests/found.ts';

/** When a stream was created, and the first sequence that it still holds. */
export type StreamState = { readonly created: string; readonly first: number };
/** A message of a stream, without its content. */
export type Kept = { readonly id: string; readonly seq: number };

const NONE = 404;
const ANSWER_WITHIN_MS = 2_000;
const managerOf = (connection: NatsConnection) =>
  connection.jetstreamManager({ checkAPI: false, timeout: ANSWER_WITHIN_MS });

/** The streams that a connection publishes into. */
export class PublishedStreams {
  readonly #connection: NatsConnection;
  readonly #created = new Map<string, Promise<string>>();

  constructor(connection: NatsConnection) {
    this.#connection = connection;
  }

  /** The state of a stream; undefined when the stream does not exist. */
  async state(stream: string): Promise<StreamState | undefined> {
    const info = await found((await managerOf(this.#connection)).streams.info(stream));
    if (info === undefined) this.#created.delete(stream);
    else this.#created.set(stream, Promise.resolve(info.created));
    return info && { created: info.created, first: info.state.first_seq };
  }

  /** When a stream was created. Asks the server once for each connection. */
  createdOf(stream: string): Promise<string> {
    const known = this.#created.get(stream);
    if (known) return known;
    const asked = this.state(stream).then((state) => {
      if (state === undefined) throw new Error(`there is no stream ${stream}`);
      return state.created;
    });
    this.#created.set(stream, asked);
    asked.catch(() => this.#created.delete(stream));
    return asked;
  }

  /** Forgets the streams: a new connection may lead to another server. */
  forget(): void {
    this.#created.clear();
  }
}

/**
 * The last message that a stream holds for a subject. The request's own subject contains it, so that permissions can
 * name it.
 */
export async function lastOf(connection: NatsConnection, stream: string, subject: string): Promise<Kept | undefined> {
  const message = await connection.request(`$JS.API.DIRECT.GET.${stream}.${subject}`, '', {
    timeout: ANSWER_WITHIN_MS,
  });
  if (message.headers?.code === NONE) return undefined;
  const seq = Number(message.headers?.get('Nats-Sequence'));
  if (!seq)
    throw new Error(`${stream} cannot be read: ${message.headers?.description ?? 'an answer without a sequence'}`);
  return { id: message.headers?.get('Nats-Msg-Id') ?? '', seq };
}

/** The number of messages that a service has not consumed yet: events of a tenant, and master data of all tenants. */
export async function backlogOf(connection: NatsConnection, service: ServiceName, tenant: string): Promise<number> {
  const manager = await managerOf(connection);
  const kinds = topology[service].listens.filter((kind) => kind === 'events' || kind === 'master');
  const infos = await Promise.all(
    kinds.map((kind) => manager.consumers.info(streamName[kind], consumerName(service, kind, tenant))),
  );
  return infos.reduce((sum, { num_pending, num_ack_pending }) => sum + num_pending + num_ack_pending, 0);
}
