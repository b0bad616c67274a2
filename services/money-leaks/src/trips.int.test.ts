import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { aLine, aPlant, at, LINE_ID, ServiceHarness } from '@plantops/testing';
import { Costs } from '@plantops/testing/trips';
import { readConfig } from './config.ts';
import { start } from './service.ts';

let ledger: ServiceHarness;
beforeAll(async () => {
  ledger = await ServiceHarness.start('money-leaks', start, readConfig);
  await ledger.announce(contracts.plantCreated, aPlant());
  await ledger.announce(contracts.lineCreated, aLine());
  await ledger.settled();
});
afterAll(() => ledger.close());

test('each operation on postings asks the database so many statements, in so many trips', async () => {
  await ledger.call(contracts.listMoneyLeaks, {});
  const costs = new Costs(ledger);
  const loss = {
    line_id: LINE_ID,
    category: 'yield_loss' as const,
    quantity: 2,
    unit_cost: 3,
    occurred_from: at('08:00'),
  };
  const { id } = await costs.call(contracts.recordMoneyLeak, loss);
  await costs.call(contracts.setAction, { id, action_taken: 'new nozzle' });
  await costs.call(contracts.getMoneyLeak, { id });
  await costs.call(contracts.listMoneyLeaks, { line_id: LINE_ID });
  expect(costs.of).toEqual({ record: '8 in 5', 'set-action': '9 in 9', get: '2 in 2', list: '2 in 2' });
});
