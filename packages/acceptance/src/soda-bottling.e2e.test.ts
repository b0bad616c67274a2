import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeWhere } from '@plantops/fixtures';
import { PlantUnderTest } from '@plantops/testing/plant';
import { sodaDataIsHere } from './soda-bottling.ts';
import { SODA_TOTALS, SodaRun } from './soda-run.ts';

let plant: PlantUnderTest;
let soda: SodaRun;

beforeAll(async () => {
  if (!sodaDataIsHere) return;
  plant = await PlantUnderTest.create();
  await plant.start();
  soda = await SodaRun.on(plant);
}, 90_000);
afterAll(() => plant?.remove());

const killed = (name: string) => async () => {
  process.kill(await plant.pidOf(name), 'SIGKILL');
};

const withSodaData = describeWhere(describe, sodaDataIsHere, 'the data of the bottling line is not available');
withSodaData('26 real batches of a bottling line, each event twice and shuffled', () => {
  test.each([
    ['without a fault', 'SODA-1', async () => {}],
    ['while money-leaks is killed', 'SODA-2', killed('money-leaks')],
    ['while downtimes is killed', 'SODA-3', killed('downtimes')],
    ['while nats-server is killed', 'SODA-4', killed('nats-server')],
    ['while PostgreSQL is killed', 'SODA-5', killed('postgres')],
  ] as [string, string, () => Promise<void>][])(
    'give exactly the totals of the data %s',
    async (_what, code, disturb) => {
      expect(await soda.totalsOf(await soda.play(code, code.charCodeAt(5), disturb))).toEqual(SODA_TOTALS);
    },
    60_000,
  );
});
