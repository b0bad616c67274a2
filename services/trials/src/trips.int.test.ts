import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { aLine, LINE_ID, ServiceHarness } from '@plantops/testing';
import { Costs } from '@plantops/testing/trips';
import { readConfig } from './config.ts';
import { start } from './service.ts';

let trials: ServiceHarness;
beforeAll(async () => {
  trials = await ServiceHarness.start('trials', start, readConfig);
  await trials.announce(contracts.lineCreated, aLine());
  await trials.settled();
});
afterAll(() => trials.close());

test('each operation asks the database so many statements, in so many trips', async () => {
  await trials.call(contracts.listTrials, {});
  const costs = new Costs(trials);
  const plan = () => costs.call(contracts.planTrial, { name: 'Slower is faster', line_id: LINE_ID });
  const { id } = await plan();
  await costs.call(contracts.updateTrial, { id, name: 'Slower' });
  await costs.call(contracts.startTrial, { id });
  await costs.call(contracts.completeTrial, { id });
  await costs.call(contracts.cancelTrial, { id: (await plan()).id, reason: 'no time' });
  await costs.call(contracts.getTrial, { id });
  await costs.call(contracts.listTrials, { line_id: LINE_ID });
  expect(costs.of).toEqual({
    plan: '5 in 4',
    update: '4 in 3',
    start: '4 in 3',
    complete: '4 in 3',
    cancel: '4 in 3',
    get: '1 in 1',
    list: '2 in 2',
  });
});
