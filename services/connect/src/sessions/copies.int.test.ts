import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { ServiceHarness, waitFor } from '@plantops/testing';
import { TestBroker } from '../broker-fixture.ts';
import { readConfig } from '../config.ts';
import { ConnectorProcess } from '../connector-fixture.ts';

let connect: ServiceHarness;
let broker: TestBroker;
let copies: ConnectorProcess[];
beforeAll(async () => {
  const nothing = async () => ({ ready: () => true });
  [connect, broker] = await Promise.all([ServiceHarness.start('connect', nothing, readConfig), TestBroker.start()]);
  copies = [ConnectorProcess.start(connect.databaseUrl), ConnectorProcess.start(connect.databaseUrl)];
});
afterAll(async () => {
  await Promise.all(copies.map((copy) => copy.kill()));
  await broker.end();
  await connect.close();
});

test('of two copies one holds the connection, and the other one takes over when it is killed', async () => {
  const { id } = await waitFor('the service', () =>
    connect.call(contracts.createConnection, { code: 'HALL-1', name: 'Hall 1', url: broker.url, topics: ['#'] }),
  );
  await connect.call(contracts.createMapping, {
    connection_id: id,
    topic: 'count',
    kind: 'count',
    line: { constant: 'L1' },
    fields: { at: { path: '$.ts' }, good: { path: '$.good' } },
  });
  const device = await broker.client();
  const arrives = (good: number) =>
    waitFor(`message ${good}`, async () => {
      await device.publishAsync('count', JSON.stringify({ ts: 1_772_445_600, good }), { qos: 1 });
      return (await connect.ingested()).some(({ body }) => body['good'] === good);
    });
  await arrives(1);
  // Killed one after the other, the holder is among them, whichever it is. Another one is started before each.
  for (const good of [2, 3]) {
    copies.push(ConnectorProcess.start(connect.databaseUrl));
    await copies.shift()?.kill();
    await arrives(good);
  }
  expect((await connect.ingested()).map(({ body }) => body['good'])).toEqual([1, 2, 3]);
  // The device, and one session for each holder: a second holder would have ended the session of the first.
  expect(broker.begun).toBeLessThanOrEqual(4);
  expect(broker.connected).toBe(2);
}, 60_000);
