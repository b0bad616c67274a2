/** Sends the examples to a plant, and checks for each endpoint the guarantees that its contract gives. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { LineRow } from '@plantops/contracts';
import { Asker, bodyOf } from './asking/asker.ts';
import { isWrite, type Route } from './asking/endpoints.ts';
import { PlantTables, PlantUnderTest } from '@plantops/testing/plant';
import { Coverage } from './promises/coverage.ts';
import { checkDeadLetters, checkHistories, checkWaiting } from './promises/check-administration.ts';
import { checkDocuments, type Document } from './promises/check-documents.ts';
import { checkFigures } from './promises/check-figures.ts';
import { checkList } from './promises/check-list.ts';
import { checkOpenEndpoints, checkStream } from './promises/check-open-endpoints.ts';
import { checkReferences } from './promises/check-references.ts';
import { checkBadInputs, checkOtherTenant, checkRoles } from './promises/check-refusals.ts';
import { makeDeadLetters, makeRejections, makeSeconds, makeWaiting } from './promises/more-rows.ts';
import { filtersOf, rowFieldsOf } from './promises/applicable.ts';
import { sendExamples, type Exchange } from './promises/send-examples.ts';

const CHECKED_WITHIN_MS = 180_000;
let plant: PlantUnderTest;
let tables: PlantTables;

beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
  tables = await PlantTables.open(plant.dataDir);
}, 90_000);
afterAll(async () => {
  await tables.close();
  await plant.remove();
});

/** The id of the row that the story created at this path. */
function idIn(exchanges: ReadonlyMap<Route, Exchange>, path: string): string {
  const [made] = [...exchanges].flatMap(([route, { body }]) =>
    route.method === 'post' && route.path === path ? [body as { id: string }] : [],
  );
  if (made === undefined) throw new Error(`the story creates no row at ${path}`);
  return made.id;
}

async function check(coverage: Coverage): Promise<void> {
  const exchanges = await sendExamples(coverage);
  await checkStream(coverage, () =>
    makeSeconds(coverage, new Map([...exchanges].map(([route, { input }]) => [route, input]))),
  );
  await makeRejections(coverage, await plant.ready(), tables);
  await makeWaiting(coverage, await plant.ready());
  await checkWaiting(coverage, exchanges);
  await makeDeadLetters(tables);
  await checkDeadLetters(coverage, exchanges);
  await checkHistories(coverage, exchanges);

  const known = {
    plant_id: idIn(exchanges, '/plants'),
    line_id: idIn(exchanges, '/lines'),
    product_id: idIn(exchanges, '/products'),
  };
  const lines = bodyOf(await coverage.asker.send({ method: 'GET', path: '/lines', headers: {} })) as {
    items: LineRow[];
  };
  const plantOf = new Map(lines.items.map(({ id, plant_id }) => [id, plant_id]));
  for (const [route, { input }] of [...exchanges].filter(([one]) => !isWrite(one))) {
    await checkRoles(coverage, route, input);
    await checkBadInputs(coverage, route, input);
    if (coverage.applies(route, 'other tenant 404')) await checkOtherTenant(coverage, route, input);
    if (rowFieldsOf(route) !== undefined) await checkList(coverage, route, input, plantOf);
    else if (filtersOf(route).length > 0) await checkFigures(coverage, route, input, known);
  }
  for (const [route, { input }] of [...exchanges].filter(([one]) => isWrite(one)))
    await checkReferences(coverage, route, input);
  await checkOpenEndpoints(coverage);
  checkDocuments(coverage, (await (await fetch(`${coverage.asker.gatewayUrl}/openapi.json`)).json()) as Document);
}

test(
  'every endpoint keeps the guarantees of its contract',
  async () => {
    const coverage = new Coverage(new Asker(await plant.ready()));
    // The table is printed also after an error, because it helps to find the cause.
    const stopped = await check(coverage).catch((error: unknown) => error);
    process.stdout.write(`${coverage.table.toString()}\n`);
    const { broken, unseen } = coverage.table;
    // Refused requests of globex left no rows.
    const ofGlobex = Object.entries(await tables.fingerprintOf('globex')).filter(
      ([, print]) => !print.startsWith('0 rows'),
    );
    expect({ stopped, broken, ofGlobex }).toEqual({ stopped: undefined, broken: [], ofGlobex: [] });
    expect(unseen).toEqual([]);
  },
  CHECKED_WITHIN_MS,
);
