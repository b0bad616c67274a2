import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { aLine, at, LINE_ID, ServiceHarness } from '@plantops/testing';
import { Costs } from '@plantops/testing/trips';
import { readConfig } from './config.ts';
import { start } from './service.ts';

let sensors: ServiceHarness;
beforeAll(async () => {
  sensors = await ServiceHarness.start('sensors', start, readConfig);
  await sensors.announce(contracts.lineCreated, aLine());
  await sensors.settled();
});
afterAll(() => sensors.close());

test('each operation asks the database so many statements, in so many trips', async () => {
  await sensors.call(contracts.listSensors, {});
  const costs = new Costs(sensors);
  const sensor = { code: 'T1', line_id: LINE_ID, name: 'Oven', unit: '°C', kind: 'temperature' as const };
  const { id } = await costs.call(contracts.createSensor, sensor);
  await costs.call(contracts.updateSensor, { id, name: 'Oven 1' });
  await costs.call(contracts.logReadings, { id, readings: [{ at: at('08:00'), value: 1 }] });
  await costs.call(contracts.getSensor, { id });
  await costs.call(contracts.listSensors, { line_id: LINE_ID });
  expect(costs.of).toEqual({
    create: '12 in 9',
    update: '7 in 4',
    'log-readings': '7 in 6',
    get: '1 in 1',
    list: '2 in 2',
  });
});
