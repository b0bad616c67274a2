/**
 * No request breaks a plant: sends thousands of good and bad requests, generated from the contracts, to two copies of
 * every service. Its tables are those of a newer version: each has a column that these services do not know.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { serviceNames } from '@plantops/contracts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SECRETS_FILE, type Secrets } from '@plantops/operations';
import { Asker } from './asking/asker.ts';
import { BASE, routes, titleOf } from './asking/endpoints.ts';
import { PlantTables, PlantUnderTest } from '@plantops/testing/plant';
import { Versions } from './asking/versions.ts';
import { Copies } from './fuzz/copies.ts';
import { Fuzzer } from './fuzz/fuzzer.ts';
import { imbalances } from './fuzz/imbalances.ts';
import { makeRows } from './fuzz/make-rows.ts';
import { recipes } from './fuzz/recipes.ts';
import { smallest } from './fuzz/smallest.ts';
import { rowsOf, untilStill } from './fuzz/refused-rows.ts';
import { RowPool } from './fuzz/row-pool.ts';
import { differingAnswers } from './fuzz/same-answers.ts';

const SEED = Number(process.env['PLANTOPS_FUZZ_SEED'] ?? Date.now() % 2 ** 31);
const RUNS = Number(process.env['PLANTOPS_FUZZ_RUNS'] ?? 2_000);
const MOST_LINES = 50;
const RUN_WITHIN_MS = 60_000 + RUNS * 100;

let plant: PlantUnderTest;
let tables: PlantTables;
let copies: Copies;
let askers: readonly [Asker, Asker];
const [own, other, versions] = [new RowPool(), new RowPool(), new Versions()];

beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
  tables = await PlantTables.open(plant.dataDir);
  copies = await Copies.start(plant);
  const asker = new Asker(await plant.ready());
  askers = [asker, asker.at(copies.gatewayUrl)];
  await makeRows(asker, 'globex', other, new Versions());
  await makeRows(asker, 'akron', own, versions);
  await untilStill(tables, 'globex');
  // By now the services have prepared their statements.
  await tables.addColumns();
}, 120_000);
afterAll(async () => {
  await copies.stop();
  await tables.close();
  await plant.remove();
});

type Document = { paths: Record<string, Record<string, { responses: object }>> };
async function documentedStatuses(): Promise<Map<string, Set<string>>> {
  const { paths } = (await (await fetch(`${askers[0].gatewayUrl}/openapi.json`)).json()) as Document;
  return new Map(
    routes.map((route) => [
      titleOf(route),
      new Set(Object.keys(paths[BASE + route.path]?.[route.method]?.responses ?? {})),
    ]),
  );
}

async function readingsIn(tenant: string): Promise<number> {
  const [stored] = await tables.query<{ count: string }>(
    'sensors',
    'select count(*) as count from reading where tenant_id = $1',
    [tenant],
  );
  return Number(stored?.count);
}

describe('no request breaks a plant', () => {
  test(
    'every request gets an answer of the contract, a refused request changes nothing, and the other tenant never changes',
    async () => {
      process.stdout.write(`fuzz: seed ${SEED}, ${RUNS} requests (PLANTOPS_FUZZ_SEED, PLANTOPS_FUZZ_RUNS)\n`);
      const [{ processes }, globex] = [await plant.ready(), await tables.fingerprintOf('globex')];
      const readings = await readingsIn('akron');
      const { jwt: secret } = JSON.parse(await readFile(join(plant.dataDir, SECRETS_FILE), 'utf8')) as Secrets;
      const fuzzer = new Fuzzer({ askers, secret, own, other, versions, documented: await documentedStatuses() });
      for (const recipe of recipes(SEED, RUNS)) await fuzzer.run(recipe);
      process.stdout.write(
        `answers: ${[...fuzzer.statuses]
          .sort()
          .map(([status, count]) => `${count} × ${status}`)
          .join(', ')}\n`,
      );

      await untilStill(tables, 'akron');
      const left = await rowsOf(tables, [...fuzzer.refused.keys()]);
      const faults = [...fuzzer.faults, ...left.flatMap((row) => fuzzer.refused.get(row.split(' ')[0] ?? '') ?? [])];
      for (const report of smallest(faults, SEED)) process.stdout.write(`${report}\n`);
      expect({
        faults: faults.length,
        globex: await tables.fingerprintOf('globex'),
        readings: await readingsIn('akron'),
        processes: (await plant.ready()).processes,
        copiesEnded: copies.ended,
      }).toEqual({ faults: 0, globex, readings: readings + fuzzer.readings, processes, copiesEnded: 0 });
    },
    RUN_WITHIN_MS,
  );

  test('no fact is missing in the ledger', async () => {
    expect(await imbalances(askers[0], own.some('lines', MOST_LINES))).toEqual([]);
  }, 60_000);

  test('every copy of a service answers, and all give the same answers', async () => {
    const { asked, differing } = await differingAnswers(askers, own);
    process.stdout.write(`same answers: ${asked} questions, each asked at both copies of the gateway\n`);
    expect(differing.join('\n')).toBe('');
    for (const service of serviceNames) {
      const counts = await copies.requestsOf(service);
      expect([service, counts.length, counts.filter((count) => count === 0)]).toEqual([service, 2, []]);
    }
  }, 60_000);
});
