import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  createLine,
  createPlant,
  getProductionFigures,
  getSettings,
  setSettings,
  waitingOf,
} from '@plantops/contracts';
import { ServiceHarness, waitFor } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

const waiting = waitingOf('production');
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** The clock of the service; the broker's is the real one. */
let aheadMs = 0;
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();
let production: ServiceHarness;
let lineId: string;

beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig, { now: () => inMs(aheadMs) });
  const { id } = await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' });
  const line = { code: 'L1', plant_id: id, name: 'Line 1', hourly_cost: 300, ideal_cycle_seconds: 30 };
  lineId = (await production.call(createLine, line)).id;
});
afterAll(() => production.close());

const count = (id: string, at: string, more: object = {}) =>
  production.publish('L1', 'count', { id, at, good: 1, backfill: false, ...more });
const waits = async (eventId: string) => {
  await production.settled();
  return (await production.call(waiting.list, { event_id: eventId })).items.map(({ reason }) => reason);
};
const counted = async (at: string) =>
  (await production.rows.query('select from unit_count where line_id = $1 and at = $2', [lineId, at])).rowCount;

test('a count six minutes ahead waits, the overview shows it, and it is counted when it is due', async () => {
  const at = inMs(6 * MINUTE_MS);
  await count('W8', at);
  expect([await waits('W8'), await counted(at)]).toEqual([['early'], 0]);
  expect(await production.call(getProductionFigures, {})).toMatchObject({
    waiting: [{ reason: 'early', count: 1 }],
    line_clocks: [{ line_id: lineId, side: 'ahead', events: 1, limit_minutes: 0 }],
  });
  aheadMs = 6 * MINUTE_MS;
  await waitFor('the count', async () => (await counted(at)) === 1);
  expect(await production.call(getProductionFigures, {})).toMatchObject({ waiting: [], line_clocks: [] });
  aheadMs = 0;
});

test('how late an event may be is the tenant’s setting: 35 days, until somebody changes it', async () => {
  const [day20, day36] = [inMs(-20 * DAY_MS), inMs(-36 * DAY_MS)];
  expect(await production.call(getSettings, {})).toMatchObject({ version: 0, late_after_days: 35 });
  await count('20-days', day20);
  await count('36-days', day36);
  expect([await waits('20-days'), await waits('36-days')]).toEqual([[], ['too_old']]);
  await production.call(setSettings, { late_after_days: 10 });
  await count('20-days-again', day20);
  expect(await waits('20-days-again')).toEqual(['too_old']);
  const changed = await production.call(setSettings, { late_after_days: 3_650 });
  expect(await production.call(getSettings, {})).toEqual(changed);
  expect(changed).toMatchObject({ version: 2, late_after_days: 3_650 });
  await count('36-days-again', day36);
  expect(await waits('36-days-again')).toEqual([]);
  expect(await production.call(getSettings, {}, { tenant: 'globex' })).toMatchObject({ late_after_days: 35 });
  expect((await production.announced('settings.changed')).map(({ data }) => data)).toMatchObject([
    { late_after_days: 10 },
    { late_after_days: 3_650 },
  ]);
});

test('a setting is changed only in the version that was read', async () => {
  await expect(
    production.call(setSettings, { late_after_days: 5 }, { tenant: 'globex', expectedVersion: 1 }),
  ).rejects.toMatchObject({ code: 'stale_version' });
  await production.call(setSettings, { late_after_days: 5 }, { tenant: 'globex', expectedVersion: 0 });
  await expect(
    production.call(setSettings, { late_after_days: 6 }, { tenant: 'globex', expectedVersion: 0 }),
  ).rejects.toMatchObject({ code: 'stale_version' });
  expect(await production.call(getSettings, {}, { tenant: 'globex' })).toMatchObject({
    version: 1,
    late_after_days: 5,
  });
});
