/**
 * An hour of four lines, played a hundred times as fast as it happens, with corrections by people meanwhile. Every report
 * must equal the figures that this audit computes from the rows of production and downtimes in another way, without the
 * product's own code.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PlantTables, PlantUnderTest } from '@plantops/testing/plant';
import { checkLegs, askReconciliation } from './audit/check-legs.ts';
import { checkNow, checkOee } from './audit/check-oee.ts';
import { checkMoney, checkRows } from './audit/check-money.ts';
import { checkOverview } from './audit/check-overview.ts';
import { checkReliability } from './audit/check-reliability.ts';
import { checkByReason, checkCosts, checkTimeline } from './audit/check-stops.ts';
import { Findings } from './audit/findings.ts';
import { Hour } from './audit/hour.ts';
import { withheldStop } from './audit/withheld-stop.ts';
import { playHiddenFailure, playLooseCount, playSharedShift, playSplitStop } from './audit/single-cases.ts';
import { ALWAYS, Recomputed } from './audit/recomputed.ts';

let plant: PlantUnderTest;
let tables: PlantTables;
let hour: Hour;
let known: Recomputed;
/** The reports at each pause of the hour. */
const pauses: { readonly imbalances: readonly number[]; readonly found: Findings }[] = [];

beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
  tables = await PlantTables.open(plant.dataDir);
  hour = await Hour.begin(plant, tables);
}, 90_000);
/** Plays the hour. When this fails, every test fails with its error. */
beforeAll(async () => {
  for (let quarter = 1; quarter <= 4; quarter += 1) {
    await hour.playQuarter(quarter);
    const shown = await Promise.all(hour.scopes.map((scope) => askReconciliation(hour.ask, scope, hour.window)));
    const soFar = await Recomputed.read(tables, hour.from, hour.beside);
    const found = new Findings();
    for (const { line_id } of hour.lineScopes) await checkRows(hour.ask, soFar, found, line_id as string, hour.window);
    await checkLegs(hour.ask, soFar, found, {}, hour.window);
    pauses.push({ imbalances: shown.map(({ imbalance_minutes }) => imbalance_minutes), found });
  }
  await hour.finish();
  known = await Recomputed.read(tables, hour.from, hour.beside);
}, 110_000);
afterAll(async () => {
  await hour?.close();
  await tables?.close();
  await plant?.remove();
});

/** Fails with the differences, and when nothing was compared. */
function expectAgreement(of: Findings): void {
  expect(of.compared).toBeGreaterThan(0);
  expect(of.differences.slice(0, 20)).toEqual([]);
}
async function checked(check: (findings: Findings) => Promise<void>): Promise<void> {
  const found = new Findings();
  await check(found);
  expectAgreement(found);
}

test('the imbalance is 0 at each pause of the hour, when all events are consumed', () => {
  expect(pauses.map(({ imbalances }) => imbalances)).toEqual([1, 2, 3, 4].map(() => hour.scopes.map(() => 0)));
  for (const { found } of pauses) expectAgreement(found);
  expect(hour.meanwhile.polled.filter((imbalance) => !(imbalance >= 0))).toEqual([]);
  // The hour contains every kind of time, of loss and of correction.
  expect(hour.missing(known)).toEqual([]);
});

test('OEE of each line, product, shift, day and month equals the rows to the millisecond', () =>
  checked(async (found) => {
    for (const scope of [...hour.scopes, ...hour.productScopes])
      await checkOee(hour.ask, known, found, scope, hour.window);
    for (const window of hour.cuts)
      for (const scope of hour.lineScopes) await checkOee(hour.ask, known, found, scope, window);
    await checkNow(hour.ask, known, found, hour.from);
  }));

test('each instant of a line has the state that the rules give, and hidden parts of stops are listed as masked', () =>
  checked(async (found) => {
    for (const window of [hour.window, ...hour.cuts])
      for (const { line_id } of hour.lineScopes) await checkTimeline(hour.ask, known, found, line_id as string, window);
  }));

test('stops by reason and cost_impact are those of the unmasked pieces', () =>
  checked(async (found) => {
    for (const window of [hour.window, ...hour.cuts])
      for (const scope of [...hour.scopes, ...hour.productScopes])
        await checkByReason(hour.ask, known, found, scope, window);
    await checkCosts(hour.ask, known, found);
  }));

test.each(['line', 'plant', 'reason'] as const)(
  'failures by %s are those that start in the window, divided by the whole production time',
  (group_by) =>
    checked(async (found) => {
      for (const window of [hour.window, ...hour.cuts])
        for (const scope of hour.scopes) await checkReliability(hour.ask, known, found, group_by, scope, window);
    }),
);

test('the ledger has each row that is due and no others, exact to a hundredth of a cent; its sums are exact to the cent', () =>
  checked(async (found) => {
    for (const { line_id } of hour.lineScopes) await checkRows(hour.ask, known, found, line_id as string, hour.window);
    for (const window of [hour.window, ...hour.cuts])
      for (const scope of [...hour.scopes, ...hour.productScopes])
        await checkMoney(hour.ask, known, found, scope, window);
  }));

test('reconciliation shows both sides correctly, with open stops and batches', () =>
  checked(async (found) => {
    for (const scope of hour.scopes.filter(({ product_id }) => product_id === undefined))
      await checkLegs(hour.ask, known, found, scope, hour.window);
  }));

test('the overview shows the same figures', () =>
  checked((found) => checkOverview(hour.ask, known, found, hour.window)));

test('the threshold applies to a split stop as a whole, also when the threshold changes during the stop', async () => {
  const line = await playSplitStop(plant, hour);
  await hour.quiet();
  const recomputed = await Recomputed.read(tables, hour.from, hour.beside);
  await checked((found) => checkRows(hour.ask, recomputed, found, line, hour.window));
});

test('a failure counts in the window in which it starts, also while it is open and masked until the window ends', async () => {
  const { line_id, window } = await playHiddenFailure(plant, hour);
  await hour.quiet();
  const recomputed = await Recomputed.read(tables, hour.from, hour.beside);
  await checked((found) => checkReliability(hour.ask, recomputed, found, 'line', { line_id }, window));
});

test('a shift in two calendar versions is busy as a whole, also when the window is in the second version only', async () => {
  const { line_id, window } = await playSharedShift(plant, hour);
  await hour.quiet();
  const recomputed = await Recomputed.read(tables, hour.from, hour.beside);
  await checked(async (found) => {
    await checkTimeline(hour.ask, recomputed, found, line_id, window);
    await checkOee(hour.ask, recomputed, found, { line_id }, window);
  });
});

test('units that name a product but no batch need the ideal cycle of that product', async () => {
  const line = await playLooseCount(plant, hour);
  await hour.quiet();
  const recomputed = await Recomputed.read(tables, hour.from, hour.beside);
  await checked((found) => checkOee(hour.ask, recomputed, found, { line_id: line }, hour.window));
});

test('a stop that never reached the ledger causes an imbalance of exactly its minutes', async () => {
  const { line_id, ms } = await withheldStop(tables, known, hour.window);
  const withheld = await Recomputed.read(tables, hour.from, hour.beside);
  const found = new Findings();
  const shown = await checkLegs(
    hour.ask,
    withheld,
    found,
    { line_id },
    hour.window,
    known.postingsIn({ line_id }, ALWAYS),
  );
  expect(found.differences).toEqual([]);
  expect(Math.round(((shown.source['downtime_loss'] ?? 0) - (shown.ledger['downtime_loss'] ?? 0)) * 60_000)).toBe(ms);
  // Once in the leg that lacks it, and once in the leg that still has its minutes.
  expect(Math.round(shown.imbalance_minutes * 60_000)).toBe(2 * ms);
});
