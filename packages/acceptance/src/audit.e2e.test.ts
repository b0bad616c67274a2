/**
 * An hour of four lines, told sixty times as fast as it happens and corrected by people all the while. Every report must be what the rows
 * of production and downtimes give when they are reckoned anew, in another way, without any of the product's own arithmetic.
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
import { tellHiddenFailure, tellLooseCount, tellSharedShift, tellSplitStop } from './audit/single-cases.ts';
import { ALWAYS, Recomputed } from './audit/recomputed.ts';

let plant: PlantUnderTest;
let tables: PlantTables;
let hour: Hour;
let known: Recomputed;
/** What the reports said at each pause of the hour. */
const pauses: { readonly imbalances: readonly number[]; readonly found: Findings }[] = [];

beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
  tables = await PlantTables.open(plant.dataDir);
  hour = await Hour.begin(plant, tables);
}, 90_000);
/** Without the whole hour no test has anything to compare: each of them then fails with what went wrong here. */
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

/** Says what differs, and fails when nothing was compared at all. */
const expectAgreement = (of: Findings): void => {
  expect(of.compared).toBeGreaterThan(0);
  expect(of.differences.slice(0, 20)).toEqual([]);
};
const checked = async (check: (findings: Findings) => Promise<void>): Promise<void> => {
  const found = new Findings();
  await check(found);
  expectAgreement(found);
};

test('whenever everything is consumed, nothing is missing: the imbalance is 0 at each pause of the hour', () => {
  expect(pauses.map(({ imbalances }) => imbalances)).toEqual([1, 2, 3, 4].map(() => hour.scopes.map(() => 0)));
  for (const { found } of pauses) expectAgreement(found);
  expect(hour.meanwhile.polled.filter((imbalance) => !(imbalance >= 0))).toEqual([]);
  // What is compared is worth comparing: every kind of time, of loss and of correction is there.
  expect(hour.missing(known)).toEqual([]);
});

test('OEE is, for each line, product, shift, day and month, what the rows give to the millisecond', () =>
  checked(async (found) => {
    for (const scope of [...hour.scopes, ...hour.productScopes]) await checkOee(hour.ask, known, found, scope, hour.window);
    for (const window of hour.cuts) for (const scope of hour.lineScopes) await checkOee(hour.ask, known, found, scope, window);
    await checkNow(hour.ask, known, found, hour.from);
  }));

test('each instant of a line has the state that the rules give it, and what lost is listed as masked', () =>
  checked(async (found) => {
    for (const window of [hour.window, ...hour.cuts])
      for (const { line_id } of hour.lineScopes) await checkTimeline(hour.ask, known, found, line_id as string, window);
  }));

test('stops by reason and cost_impact are those of the unmasked pieces', () =>
  checked(async (found) => {
    for (const window of [hour.window, ...hour.cuts])
      for (const scope of [...hour.scopes, ...hour.productScopes]) await checkByReason(hour.ask, known, found, scope, window);
    await checkCosts(hour.ask, known, found);
  }));

test.each(['line', 'plant', 'reason'] as const)(
  'failures by %s are those that start in the window, over all of the production time',
  (group_by) =>
    checked(async (found) => {
      for (const window of [hour.window, ...hour.cuts])
        for (const scope of hour.scopes) await checkReliability(hour.ask, known, found, group_by, scope, window);
    }),
);

test('the ledger holds each row that is due and no other, to a hundredth of a cent; its sums are right to the cent', () =>
  checked(async (found) => {
    for (const { line_id } of hour.lineScopes) await checkRows(hour.ask, known, found, line_id as string, hour.window);
    for (const window of [hour.window, ...hour.cuts])
      for (const scope of [...hour.scopes, ...hour.productScopes]) await checkMoney(hour.ask, known, found, scope, window);
  }));

test('reconciliation tells both sides as they are, what is open included', () =>
  checked(async (found) => {
    for (const scope of hour.scopes.filter(({ product_id }) => product_id === undefined))
      await checkLegs(hour.ask, known, found, scope, hour.window);
  }));

test('the overview shows the same figures', () => checked((found) => checkOverview(hour.ask, known, found, hour.window)));

test('a stop that is split stays one for its threshold, also where that changes within it', async () => {
  const line = await tellSplitStop(plant, hour);
  await hour.quiet();
  const told = await Recomputed.read(tables, hour.from, hour.beside);
  await checked((found) => checkRows(hour.ask, told, found, line, hour.window));
});

test('a failure counts in the window that it starts in, also while it is open and does not show before the window ends', async () => {
  const { line_id, window } = await tellHiddenFailure(plant, hour);
  await hour.quiet();
  const told = await Recomputed.read(tables, hour.from, hour.beside);
  await checked((found) => checkReliability(hour.ask, told, found, 'line', { line_id }, window));
});

test('a shift that two calendars share is busy throughout, also where only the second one is asked about', async () => {
  const { line_id, window } = await tellSharedShift(plant, hour);
  await hour.quiet();
  const told = await Recomputed.read(tables, hour.from, hour.beside);
  await checked(async (found) => {
    await checkTimeline(hour.ask, told, found, line_id, window);
    await checkOee(hour.ask, told, found, { line_id }, window);
  });
});

test('units that name a product but no batch need the ideal cycle of that product', async () => {
  const line = await tellLooseCount(plant, hour);
  await hour.quiet();
  const told = await Recomputed.read(tables, hour.from, hour.beside);
  await checked((found) => checkOee(hour.ask, told, found, { line_id: line }, hour.window));
});

test('a stop that never reached the ledger shows with exactly its minutes', async () => {
  const { line_id, ms } = await withheldStop(tables, known, hour.window);
  const withheld = await Recomputed.read(tables, hour.from, hour.beside);
  const found = new Findings();
  const shown = await checkLegs(hour.ask, withheld, found, { line_id }, hour.window, known.postingsIn({ line_id }, ALWAYS));
  expect(found.differences).toEqual([]);
  expect(Math.round(((shown.source['downtime_loss'] ?? 0) - (shown.ledger['downtime_loss'] ?? 0)) * 60_000)).toBe(ms);
  // Once in the leg that lacks it, and once where the ledger still holds its minutes.
  expect(Math.round(shown.imbalance_minutes * 60_000)).toBe(2 * ms);
});
