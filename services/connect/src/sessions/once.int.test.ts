import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { describeWhere, ServiceHarness, waitFor } from '@plantops/testing';
import { TestBroker } from '../broker-fixture.ts';
import { readConfig } from '../config.ts';
import { ConnectorProcess } from '../connector-fixture.ts';
import { hasMosquitto, Mosquitto } from '../mosquitto-fixture.ts';

const AT_ONCE = 50;
const FIRST = Date.parse('2026-03-02T00:00:00Z');
const WITHIN_MS = 60_000;
/** What is killed as the messages arrive, one after the other. */
const ALL = ['connector', 'connector', 'broker', 'connector', 'connector', 'broker', 'connector'] as const;
/** A device that gets no answer from its broker sends a message again: without a time that is another message. */
const CONNECTOR_ALONE = ['connector', 'connector', 'connector', 'connector', 'connector'] as const;

const TIMED = { at: { path: '$.ts' }, good: { path: '$.good' } };
const UNTIMED = { good: { path: '$.good' } };
type Broker = Pick<TestBroker, 'url' | 'start' | 'stop' | 'client' | 'end'>;
type Case = {
  readonly messages: number;
  readonly startBroker: () => Promise<Broker>;
  readonly protocol: '3.1.1' | '5';
  readonly fields: contracts.MappingRow['fields'];
  readonly killed: readonly ('connector' | 'broker')[];
};

function testOnce({ messages, startBroker, protocol, fields, killed }: Case): void {
  let connect: ServiceHarness;
  let broker: Broker;
  let connector: ConnectorProcess;
  beforeAll(async () => {
    // The service runs as a process of its own.
    const nothing = async () => ({ ready: () => true });
    [connect, broker] = await Promise.all([ServiceHarness.start('connect', nothing, readConfig), startBroker()]);
    connector = ConnectorProcess.start(connect.databaseUrl);
  });
  afterAll(async () => {
    await connector.kill();
    await broker.end();
    await connect.close();
  });

  const kill = {
    connector: async () => {
      await connector.kill();
      connector = ConnectorProcess.start(connect.databaseUrl);
    },
    broker: async () => {
      await broker.stop();
      await broker.start();
    },
  };

  test(
    `each of ${messages} messages is one line event, and none is lost`,
    async () => {
      const given = { code: 'HALL-1', name: 'Hall 1', url: broker.url, protocol, topics: ['line/#'] };
      const { id } = await waitFor('the service', () => connect.call(contracts.createConnection, given));
      const mapping = { topic: 'line/+/count', kind: 'count' as const, line: { level: 2 }, fields };
      await connect.call(contracts.createMapping, { connection_id: id, ...mapping });
      await waitFor('the connection', async () => {
        const { connected_since } = await connect.call(contracts.getConnection, { id });
        return connected_since !== null;
      });

      const device = await broker.client();
      const send = async () => {
        for (let sent = 0; sent < messages; sent += AT_ONCE)
          await Promise.all(
            Array.from({ length: AT_ONCE }, (_, n) =>
              device.publishAsync('line/L1/count', JSON.stringify({ ts: FIRST + sent + n, good: sent + n }), {
                qos: 1,
              }),
            ),
          );
      };
      const arrived = async () => (await connect.ingested()).length;
      const killAll = async () => {
        for (const [part, what] of killed.entries()) {
          const so = ((part + 1) * messages) / (killed.length + 1);
          await waitFor(`${so} messages`, async () => (await arrived()) >= so, WITHIN_MS);
          await kill[what]();
        }
      };
      await Promise.all([send(), killAll()]);
      await waitFor('all messages', async () => (await arrived()) >= messages, WITHIN_MS);

      const events = (await connect.ingested()).map(({ body }) => body);
      expect(new Set(events.map(({ id: event }) => event)).size).toBe(events.length);
      expect(events.map(({ good }) => Number(good)).sort((a, b) => a - b)).toEqual(
        Array.from({ length: messages }, (_, n) => n),
      );
    },
    WITHIN_MS * (ALL.length + 1),
  );
}

describe('aedes: connector killed five times, broker twice', () => {
  testOnce({ messages: 10_000, startBroker: () => TestBroker.start(), protocol: '3.1.1', fields: TIMED, killed: ALL });
});

const withMosquitto = describeWhere(describe, hasMosquitto, 'mosquitto is not installed');
withMosquitto('mosquitto with MQTT 5: connector killed five times, broker restarted twice', () => {
  testOnce({ messages: 2_000, startBroker: () => Mosquitto.start(), protocol: '5', fields: TIMED, killed: ALL });
});
withMosquitto('mosquitto with messages that have no time: connector killed five times', () => {
  testOnce({
    messages: 2_000,
    startBroker: () => Mosquitto.start(),
    protocol: '3.1.1',
    fields: UNTIMED,
    killed: CONNECTOR_ALONE,
  });
});
