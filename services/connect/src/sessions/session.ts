/** One session with a broker: subscribes, takes its messages, and acknowledges them when they are stored. */
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { ConnectionRow } from '@plantops/contracts';
import type { Database } from '@plantops/persistence';
import type { Bus, Clock, Logger } from '@plantops/service-kit';
import type { IConnackPacket, MqttClient } from 'mqtt';
import type { Mapped, Received } from '../messages/received.ts';
import { storeChunk } from '../messages/store-chunk.ts';
import { rebirthRequest } from '../sparkplug/payload.ts';
import { Rebirths } from '../sparkplug/rebirths.ts';
import { commandTopic } from '../sparkplug/sparkplug.rules.ts';
import type { AddressRules } from './addresses.ts';
import { Inbound } from './inbound.ts';
import { openSocket } from './open-socket.ts';
import { noteState, subscribedTopics } from './session-state.ts';

/** How many messages a broker may send before one is acknowledged (MQTT 5). */
const MOST_UNACKNOWLEDGED = 100;
/** How long a broker keeps the session and its messages while nobody is connected (MQTT 5), seconds. */
const KEPT_FOR_SECONDS = 7 * 86_400;
/** The broker does not send larger messages (MQTT 5): they would only be rejected. */
const MOST_PACKET_BYTES = 16 * 1024 * 1024;
const KEEPALIVE_SECONDS = 30;
const CONNECT_WITHIN_MS = 10_000;
const AGAIN_AFTER_MS = 1_000;

export type Settings = Pick<
  ConnectionRow,
  'id' | 'url' | 'username' | 'ca_certificate' | 'client_id' | 'protocol' | 'topics'
> & { readonly password: string | null };
export type SessionDeps = {
  readonly database: Database;
  readonly bus: Bus;
  readonly logger: Logger;
  readonly now: Clock;
};

export class Session {
  readonly #settings: Settings;
  readonly #deps: SessionDeps;
  readonly #inbound = new Inbound();
  readonly #rebirths = new Rebirths((node) => this.#askForBirth(node));
  #mapped: Mapped;
  #client: MqttClient | undefined;
  #acknowledge: (stream: MqttClient['stream'], packetIds: readonly number[]) => void = () => {};
  #isClosed = false;
  #noted: Promise<unknown> = Promise.resolve();
  #stored: Parameters<typeof noteState>[2] = {};
  #working: Promise<void> = Promise.resolve();

  constructor(settings: Settings, mapped: Mapped, deps: SessionDeps) {
    this.#settings = settings;
    this.#mapped = mapped;
    this.#deps = deps;
  }

  /** Connects, and again whenever the connection is lost. The library is loaded with the first session of a process. */
  async open(rules: AddressRules): Promise<void> {
    const [{ MqttClient }, { generate }] = await Promise.all([import('mqtt'), import('mqtt-packet')]);
    const { username, password, client_id, protocol } = this.#settings;
    const isFive = protocol === '5';
    const protocolVersion = isFive ? 5 : 4;
    const client = new MqttClient(() => openSocket(this.#settings, rules), {
      protocolId: 'MQTT',
      protocolVersion,
      clientId: client_id,
      ...(username === null ? {} : { username }),
      ...(password === null ? {} : { password }),
      clean: false,
      resubscribe: false,
      queueQoSZero: false,
      keepalive: KEEPALIVE_SECONDS,
      connectTimeout: CONNECT_WITHIN_MS,
      reconnectPeriod: AGAIN_AFTER_MS,
      ...(isFive
        ? {
            properties: {
              sessionExpiryInterval: KEPT_FOR_SECONDS,
              receiveMaximum: MOST_UNACKNOWLEDGED,
              maximumPacketSize: MOST_PACKET_BYTES,
            },
          }
        : {}),
    });
    this.#client = client;
    this.#acknowledge = (stream, packetIds) => {
      stream.write(
        Buffer.concat(packetIds.map((messageId) => generate({ cmd: 'puback', messageId }, { protocolVersion }))),
      );
    };
    // The client acknowledges a message when this calls back, and hands over the next one only then. Called back with an
    // error it does not acknowledge: `#work` does so when the message is stored.
    client.handleMessage = ({ topic, payload, qos, dup, retain, messageId }, next) => {
      const packetId = qos === 0 ? null : (messageId as number);
      // Of a connection that is lost already: the broker delivers it again.
      if (packetId !== null && !client.connected) return;
      const message: Received = {
        topic: topic.replaceAll('\0', '').toWellFormed(),
        payload: Buffer.from(payload),
        packetId,
        isDuplicate: dup,
        isRetained: retain,
        at: this.#deps.now(),
      };
      this.#inbound.add(message, () => (packetId === null ? next() : next(NOT_YET)));
    };
    client.on('connect', (packet) => this.#note(() => this.#subscribe(client, packet)));
    client.on('error', (error) => this.#note(() => this.#state({ last_error: error.message })));
    client.on('close', () => {
      this.#inbound.lost();
      this.#note(() => this.#state({ connected_since: null }));
    });
    this.#working = this.#work(client);
  }

  /** Messages that come from now on are mapped so. */
  map(mapped: Mapped): void {
    this.#mapped = mapped;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#inbound.wake();
    this.#rebirths.stop();
    await this.#working;
    await this.#client?.endAsync(true);
    await this.#noted;
  }

  async #subscribe(client: MqttClient, { sessionPresent }: IConnackPacket): Promise<void> {
    const { topics } = this.#settings;
    // A broker that kept the session kept its subscriptions. To subscribe again would deliver retained messages again.
    const before = sessionPresent ? await subscribedTopics(this.#deps.database, this.#mapped) : [];
    const [added, removed] = [
      topics.filter((topic) => !before.includes(topic)),
      before.filter((topic) => !topics.includes(topic)),
    ];
    try {
      if (removed.length > 0) await client.unsubscribeAsync(removed);
      if (added.length > 0) await client.subscribeAsync(added, { qos: 1 });
    } catch (error) {
      await this.#state({ last_error: `the broker refused the topics: ${(error as Error).message}` });
      return;
    }
    await this.#state({ connected_since: this.#deps.now(), last_error: null, subscribed: topics });
  }

  /** Stores what changed. A broker that is away says the same again at every attempt. */
  async #state(changes: Parameters<typeof noteState>[2]): Promise<void> {
    const state = { ...this.#stored, ...changes };
    if (isDeepStrictEqual(state, this.#stored)) return;
    await noteState(this.#deps.database, this.#mapped, changes);
    this.#stored = state;
  }

  /** What happens is noted in its order. */
  #note(work: () => Promise<unknown>): void {
    this.#noted = this.#noted
      .then(work)
      .catch((error: unknown) =>
        this.#deps.logger.warn(
          { err: error, connection: this.#settings.id },
          'the state of a connection was not stored',
        ),
      );
  }

  async #work(client: MqttClient): Promise<void> {
    while (!this.#isClosed) {
      const messages = await this.#inbound.take(() => this.#isClosed);
      if (messages.length === 0) continue;
      const { stream } = client;
      const mapped = this.#mapped;
      const isGiven = () => this.#isClosed || client.stream !== stream;
      const stored = await this.#until(isGiven, () => this.#store(mapped, messages));
      if (stored === undefined) continue;
      const isPublished = await this.#until(isGiven, () => this.#publish(stored.events));
      if (isPublished !== true) continue;
      const packetIds = messages.flatMap(({ packetId }) => packetId ?? []);
      if (packetIds.length > 0 && !isGiven()) this.#acknowledge(stream, packetIds);
      for (const node of stored.rebirths) this.#rebirths.request(node);
    }
  }

  #store(mapped: Mapped, messages: readonly Received[]) {
    const { database, now } = this.#deps;
    return storeChunk(database, mapped, messages, now());
  }

  async #publish(events: Awaited<ReturnType<typeof storeChunk>>['events']): Promise<true> {
    for (const stored of await this.#deps.bus.publish(events)) if ('error' in stored) throw stored.error;
    return true;
  }

  /**
   * Tries until it works. Returns undefined when the connection is lost meanwhile: then the broker delivers the messages
   * again, as they are not acknowledged.
   */
  async #until<T>(isGivenUp: () => boolean, work: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        this.#deps.logger.warn({ err: error, connection: this.#settings.id }, 'messages wait: trying again');
      }
      if (isGivenUp()) return undefined;
      await delay(AGAIN_AFTER_MS);
    }
  }

  #askForBirth(node: string): void {
    const { logger } = this.#deps;
    logger.info({ node, connection: this.#settings.id }, 'an edge node is asked for its births');
    void rebirthRequest(Date.now()).then((request) => this.#client?.publish(commandTopic(node), request, { qos: 0 }));
  }
}

const NOT_YET = new Error('it is acknowledged when it is stored');
