import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { ServiceHarness } from '@plantops/testing';
import { Costs } from '@plantops/testing/trips';
import { readConfig } from './config.ts';
import { start } from './service.ts';

let connect: ServiceHarness;
beforeAll(async () => {
  connect = await ServiceHarness.start('connect', start, readConfig);
});
afterAll(() => connect.close());

test('each operation asks the database so many statements, in so many trips', async () => {
  await connect.call(contracts.listConnections, {});
  await connect.call(contracts.listMappings, {});
  const costs = new Costs(connect);
  const { id } = await costs.call(contracts.createConnection, {
    code: 'HALL-1',
    name: 'Hall 1',
    url: 'mqtt://broker.example',
    username: 'plantops',
    password: 'a password',
    topics: ['#'],
    is_active: false,
  });
  await costs.call(contracts.updateConnection, { id, name: 'Hall one' });
  await costs.call(contracts.getConnection, { id });
  await costs.call(contracts.listConnections, {});
  const mapping = await costs.call(contracts.createMapping, {
    connection_id: id,
    topic: 'count',
    kind: 'count',
    line: { constant: 'L1' },
    fields: { good: { path: '$' } },
  });
  await costs.call(contracts.updateMapping, { id: mapping.id, is_active: false });
  await costs.call(contracts.getMapping, { id: mapping.id });
  await costs.call(contracts.listMappings, { connection_id: id });
  await costs.call(contracts.dryRun, { id });
  expect(costs.of).toEqual({
    'create-connection': '7 in 4',
    'update-connection': '5 in 4',
    'get-connection': '1 in 1',
    'list-connections': '2 in 2',
    'create-mapping': '6 in 3',
    'update-mapping': '4 in 3',
    'get-mapping': '1 in 1',
    'list-mappings': '2 in 2',
    'dry-run': '4 in 3',
  });
});
