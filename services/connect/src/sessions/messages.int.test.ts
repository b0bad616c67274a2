import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { ServiceHarness, waitFor } from '@plantops/testing';
import type { MqttClient } from 'mqtt';
import { TestBroker } from '../broker-fixture.ts';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

const PASSWORD = 'only the broker knows it';
const AT = Date.parse('2026-03-02T10:00:00Z');

let connect: ServiceHarness;
let broker: TestBroker;
let device: MqttClient;
let connection: contracts.ConnectionView;
let mapping: contracts.MappingRow;
beforeAll(async () => {
  [connect, broker] = await Promise.all([
    ServiceHarness.start('connect', start, readConfig, { env: { PLANTOPS_CONNECT_ALLOW: '127.0.0.1' } }),
    TestBroker.start(),
  ]);
  broker.requirePassword(PASSWORD);
  device = await broker.client({ username: 'device', password: PASSWORD });
  connection = await connect.call(contracts.createConnection, {
    code: 'HALL-1',
    name: 'The broker of hall 1',
    url: broker.url,
    username: 'plantops',
    password: 'wrong',
    topics: ['line/#'],
  });
});
afterAll(async () => {
  await connect.close();
  await broker.end();
});

const state = () => connect.call(contracts.getConnection, { id: connection.id });
const publish = (topic: string, payload: unknown) =>
  device.publishAsync(topic, Buffer.isBuffer(payload) ? payload : JSON.stringify(payload), { qos: 1 });
const goodOf = async () => (await connect.ingested()).map(({ body }) => body['good']);
const rejections = async () => (await connect.call(contracts.rejectionsOf('connect'), {})).items;
/** Publishes a message until it is seen: a mapping is in force within seconds. The message counts once. */
const untilMapped = (topic: string, payload: { good: number }) =>
  waitFor(`${topic} to be mapped`, async () => {
    await publish(topic, payload);
    return (await goodOf()).includes(payload.good);
  });

test('a connection that the broker refuses says why, and works when its password is corrected', async () => {
  await waitFor('the refusal', async () => /not authorized/i.test((await state()).last_error ?? ''));
  expect(await state()).toMatchObject({ connected_since: null, has_password: true });
  await connect.call(contracts.updateConnection, { id: connection.id, password: PASSWORD });
  await waitFor('the connection', async () => (await state()).connected_since !== null);
  expect(await state()).toMatchObject({ last_error: null });
});

test('a message becomes the line event that its mapping says', async () => {
  mapping = await connect.call(contracts.createMapping, {
    connection_id: connection.id,
    topic: 'line/+/count',
    kind: 'count',
    line: { level: 2 },
    fields: { at: { path: '$.ts' }, good: { path: '$.good' } },
  });
  await untilMapped('line/FILL-1/count', { ts: AT, good: 12 } as { good: number });
  expect(await connect.ingested()).toEqual([
    {
      subject: 'plantops.ingest.akron.FILL-1.count',
      body: { id: expect.any(String), source: 'HALL-1', at: '2026-03-02T10:00:00.000Z', good: 12 },
    },
  ]);
});

test('a message that is no JSON, or has 10 MB, is listed with the reason, and those after it go on', async () => {
  await publish('line/FILL-1/count', Buffer.from('{"ts":'));
  await publish('line/FILL-1/count', Buffer.alloc(10 * 1024 * 1024, 0x61));
  await publish('line/FILL-1/count', { ts: AT, good: 'many\0' });
  await publish('line/FILL-1/count', { ts: AT + 1, good: 13 });
  await waitFor('the message after them', async () => (await goodOf()).includes(13));
  expect(await rejections()).toEqual(
    expect.arrayContaining(
      [/no JSON/, /10485760 bytes/, /good: must be a number/].map((reason) =>
        expect.objectContaining({
          event_id: 'line/FILL-1/count',
          kind: 'count',
          times: 1,
          reason: expect.stringMatching(reason),
        }),
      ),
    ),
  );
  expect(await goodOf()).toEqual([12, 13]);
});

test('what no mapping matches is forgotten but for its last message, which a dry run shows', async () => {
  await publish('line/FILL-1/mode', { mode: 'Execute', since: AT });
  const shown = await waitFor('the message', async () => {
    const { items } = await connect.call(contracts.dryRun, { id: connection.id });
    return items.find(({ topic }) => topic === 'line/FILL-1/mode');
  });
  expect(shown).toMatchObject({ payload: `{"mode":"Execute","since":${AT}}`, events: [], reasons: [] });
  const tried = await connect.call(contracts.dryRun, {
    id: connection.id,
    mapping: {
      topic: 'line/+/mode',
      kind: 'state',
      line: { level: 2 },
      fields: { at: { path: '$.since' }, state: { path: '$.mode' } },
    },
  });
  expect(tried.items.find(({ topic }) => topic === 'line/FILL-1/mode')).toMatchObject({
    events: [
      {
        line_code: 'FILL-1',
        kind: 'state',
        body: { at: '2026-03-02T10:00:00.000Z', source: 'HALL-1', state: 'Execute' },
      },
    ],
  });
  expect(await goodOf()).toEqual([12, 13]);
});

test('a changed mapping and changed topics hold for the messages that come from then on', async () => {
  await connect.call(contracts.updateMapping, { id: mapping.id, topic: 'hall/+/count' });
  await connect.call(contracts.updateConnection, { id: connection.id, topics: ['hall/#'] });
  await untilMapped('hall/FILL-1/count', { ts: AT + 2, good: 14 } as { good: number });
  await publish('line/FILL-1/count', { ts: AT + 3, good: 15 });
  await publish('hall/FILL-1/count', { ts: AT + 4, good: 16 });
  await waitFor('the last message', async () => (await goodOf()).includes(16));
  expect(await goodOf()).toEqual([12, 13, 14, 16]);
});

test('a connection that is not active takes nothing; the broker keeps it for the next time', async () => {
  await connect.call(contracts.updateConnection, { id: connection.id, is_active: false });
  await waitFor('the end of the session', () => broker.connected === 1);
  expect(await state()).toMatchObject({ connected_since: null });
  await publish('hall/FILL-1/count', { ts: AT + 5, good: 17 });
  await connect.call(contracts.updateConnection, { id: connection.id, is_active: true });
  await waitFor('the message', async () => (await goodOf()).includes(17));
});

test('a password is in no answer, no announcement and no list', async () => {
  const answers = [
    await state(),
    await connect.call(contracts.listConnections, {}),
    await connect.call(contracts.updateConnection, { id: connection.id, name: 'Hall 1', password: PASSWORD }),
    await connect.announced(),
    await connect.call(contracts.historyOf('connect'), { resource: 'connections', id: connection.id }),
  ];
  expect(JSON.stringify(answers)).toContain('has_password');
  expect(JSON.stringify(answers)).not.toContain(PASSWORD);
  const { rows } = await connect.rows.query<{ password: string }>('select password from connection_secret');
  expect(rows).toEqual([{ password: PASSWORD }]);
  await connect.call(contracts.updateConnection, { id: connection.id, password: null });
  expect((await connect.rows.query('select password from connection_secret')).rows).toEqual([]);
});

test.each([
  ['the database of the platform', () => new URL(connect.databaseUrl).host, /the platform itself/],
  ['this computer by a name', () => 'localhost:1', /not an address of a plant|ECONNREFUSED/],
  ['where a cloud has its metadata', () => '169.254.169.254', /not an address of a plant/],
])('a connection does not lead to %s', async (_what, host, reason) => {
  const { id } = await connect.call(contracts.createConnection, {
    code: `X-${host().replaceAll(/[^A-Za-z0-9]/g, '-')}`,
    name: 'Inside',
    url: `mqtt://${host()}`,
    topics: ['#'],
  });
  const refused = await waitFor('the refusal', async () => {
    const { last_error } = await connect.call(contracts.getConnection, { id });
    return last_error ?? undefined;
  });
  expect(refused).toMatch(reason);
  await connect.call(contracts.updateConnection, { id, is_active: false });
});

test('a certificate that is none is the last error, and nothing else is held up', async () => {
  const { id } = await connect.call(contracts.createConnection, {
    code: 'TLS',
    name: 'Over TLS',
    url: broker.url.replace('mqtt:', 'mqtts:'),
    ca_certificate: 'no certificate',
    topics: ['#'],
  });
  const refused = await waitFor('the refusal', async () => {
    const { last_error } = await connect.call(contracts.getConnection, { id });
    return last_error ?? undefined;
  });
  expect(refused).toMatch(/ca_certificate|SSL|TLS|PEM/);
  await connect.call(contracts.updateConnection, { id, is_active: false });
});

test('a mapping of a connection that there is not, and one of another tenant, is refused', async () => {
  const { id: _id, ...fields } = mapping;
  const input = {
    connection_id: fields.connection_id,
    topic: 'a',
    kind: 'count' as const,
    line: { level: 1 },
    fields: { good: { path: '$' } },
  };
  await expect(connect.call(contracts.createMapping, input, { tenant: 'globex' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(connect.call(contracts.dryRun, { id: connection.id }, { tenant: 'globex' })).rejects.toMatchObject({
    code: 'not_found',
  });
});
