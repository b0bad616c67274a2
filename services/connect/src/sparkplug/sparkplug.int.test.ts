import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { ServiceHarness, waitFor } from '@plantops/testing';
import type { MqttClient } from 'mqtt';
import sparkplug from 'sparkplug-payload';
import { TestBroker } from '../broker-fixture.ts';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

const { encodePayload } = sparkplug.get('spBv1.0') as NonNullable<ReturnType<typeof sparkplug.get>>;
type Metrics = NonNullable<Parameters<typeof encodePayload>[0]['metrics']>;
const AT = Date.parse('2026-03-02T10:00:00Z');
const NAMES: Metrics = [
  { name: 'Counters/Good', alias: 1, type: 'UInt64', value: 100, timestamp: AT },
  { name: 'State', alias: 2, type: 'String', value: 'running', timestamp: AT },
];

let connect: ServiceHarness;
let broker: TestBroker;
let device: MqttClient;
let connection: contracts.ConnectionView;
let requests = 0;
beforeAll(async () => {
  [connect, broker] = await Promise.all([
    ServiceHarness.start('connect', start, readConfig, { env: { PLANTOPS_CONNECT_ALLOW: '127.0.0.1' } }),
    TestBroker.start(),
  ]);
  device = await broker.client();
  device.on('message', () => (requests += 1));
  await device.subscribeAsync('spBv1.0/Akron/NCMD/Filling', { qos: 1 });
  connection = await connect.call(contracts.createConnection, {
    code: 'HALL-1',
    name: 'Hall 1',
    url: broker.url,
    topics: ['spBv1.0/#'],
  });
  const mapped = { connection_id: connection.id, topic: 'spBv1.0/Akron/+/Filling/PLC-1', format: 'sparkplug' as const };
  await connect.call(contracts.createMapping, {
    ...mapped,
    metric: 'Counters/Good',
    kind: 'counter',
    line: { constant: 'FILL-1' },
    fields: { total: { path: '$.value' } },
  });
  await connect.call(contracts.createMapping, {
    ...mapped,
    metric: 'State',
    kind: 'state',
    line: { constant: 'FILL-1' },
    fields: { state: { path: '$.value' } },
  });
  await waitFor('the connection', async () => {
    const { connected_since } = await connect.call(contracts.getConnection, { id: connection.id });
    return connected_since !== null;
  });
});
afterAll(async () => {
  await connect.close();
  await broker.end();
});

const send = (type: string, seq: number | undefined, metrics: Metrics, ...about: string[]) =>
  device.publishAsync(
    ['spBv1.0', 'Akron', type, 'Filling', ...about].join('/'),
    Buffer.from(encodePayload({ timestamp: AT, metrics, ...(seq === undefined ? {} : { seq }) })),
    { qos: 1 },
  );
const birthSeq = (value: number): Metrics => [{ name: 'bdSeq', type: 'UInt64', value }];
const good = (value: number, after: number): Metrics => [{ alias: 1, type: 'UInt64', value, timestamp: AT + after }];
const bodies = async () => (await connect.ingested()).map(({ body: { id: _id, source: _source, ...rest } }) => rest);
const reports = async () =>
  (await connect.announced())
    .filter(({ type }) => /^connection\.(lost|found)$/.test(type))
    .map(({ type, data }) => {
      const { line_code, device: about, reason } = data as { line_code: string; device: string; reason: string };
      return [type, line_code, about, reason];
    });
const FOUND = ['connection.found', 'FILL-1', 'Akron/Filling/PLC-1', 'DBIRTH'];

test('data before a birth is listed, and the births are asked for', async () => {
  await send('DDATA', 5, good(90, -1_000), 'PLC-1');
  await waitFor('the request', () => requests === 1);
  const { items } = await connect.call(contracts.rejectionsOf('connect'), {});
  expect(items).toMatchObject([
    { event_id: 'spBv1.0/Akron/DDATA/Filling/PLC-1', reason: expect.stringMatching(/birth/) },
  ]);
  expect(await bodies()).toEqual([]);
});

test('a birth gives the values that hold, and data by alias follows', async () => {
  await send('NBIRTH', 0, birthSeq(0));
  await send('DBIRTH', 1, NAMES, 'PLC-1');
  await send('DDATA', 2, good(112, 1_000), 'PLC-1');
  await send('DDATA', 3, [{ alias: 2, type: 'String', value: 'stopped', timestamp: AT + 2_000 }], 'PLC-1');
  await waitFor('the events', async () => (await bodies()).length === 4);
  expect(await bodies()).toEqual([
    { at: '2026-03-02T10:00:00.000Z', total: 100 },
    { at: '2026-03-02T10:00:00.000Z', state: 'running' },
    { at: '2026-03-02T10:00:01.000Z', total: 112 },
    { at: '2026-03-02T10:00:02.000Z', state: 'stopped' },
  ]);
  expect(await reports()).toEqual([FOUND]);
});

test('a value that was held back is a backfill', async () => {
  await send('DDATA', 4, [{ ...good(105, 500)[0], isHistorical: true } as Metrics[number]], 'PLC-1');
  await waitFor('the event', async () => (await bodies()).length === 5);
  expect((await bodies()).at(-1)).toEqual({ at: '2026-03-02T10:00:00.500Z', total: 105, backfill: true });
});

test('what births said is remembered when the service connects again', async () => {
  const { connected_since: before } = await connect.call(contracts.getConnection, { id: connection.id });
  await connect.call(contracts.updateConnection, { id: connection.id, name: 'The broker of hall 1' });
  await waitFor('the next session', async () => {
    const { connected_since: since } = await connect.call(contracts.getConnection, { id: connection.id });
    return since !== null && since !== before;
  });
  await send('DDATA', 5, good(120, 3_000), 'PLC-1');
  await waitFor('the event', async () => (await bodies()).length === 6);
  expect((await bodies()).at(-1)).toEqual({ at: '2026-03-02T10:00:03.000Z', total: 120 });
});

test('after a gap the data counts, and the births are asked for again', async () => {
  await send('DDATA', 9, good(140, 4_000), 'PLC-1');
  await waitFor('the event', async () => (await bodies()).length === 7);
  await waitFor('the request', () => requests === 2);
});

test('the death of a node is the loss of its device; that of an earlier session is none', async () => {
  await send('NBIRTH', 0, birthSeq(1));
  await send('DBIRTH', 1, NAMES, 'PLC-1');
  await send('NDEATH', undefined, birthSeq(0));
  await send('NDEATH', undefined, birthSeq(1));
  await waitFor('the loss', async () => (await reports()).length > 1);
  expect(await reports()).toEqual([FOUND, ['connection.lost', 'FILL-1', 'Akron/Filling/PLC-1', 'NDEATH']]);
});

test('a payload that is no Sparkplug B is listed, and nothing is stuck', async () => {
  await device.publishAsync('spBv1.0/Akron/DDATA/Filling/PLC-1', 'garbage', { qos: 1 });
  await send('NBIRTH', 0, birthSeq(2));
  await send('DBIRTH', 1, NAMES, 'PLC-1');
  await waitFor('the device', async () => (await reports()).length > 2);
  expect((await reports()).at(-1)).toEqual(FOUND);
  const { items } = await connect.call(contracts.rejectionsOf('connect'), {});
  expect(items.map(({ reason }) => reason)).toContain('the payload is no Sparkplug B');
});
