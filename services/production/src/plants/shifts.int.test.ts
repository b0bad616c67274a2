import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createPlant, getPlant, getShifts, plantUpdated, setShifts } from '@plantops/contracts';
import { at, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let production: ServiceHarness;
let id: string;
beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
  id = (await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'America/New_York' })).id;
});
afterAll(() => production.close());
const early = { name: 'early', start: '06:00', end: '14:00', weekdays: [1, 2, 3, 4, 5] };

test('without a calendar every hour is scheduled', async () => {
  expect(await production.call(getShifts, { id })).toMatchObject({
    plant_id: id,
    weekly: null,
    exceptions: [],
    timezone: 'America/New_York',
  });
});

test('a calendar is announced with its plant, and a later one does not change the past', async () => {
  await production.call(setShifts, { id, weekly: [early] });
  const changed = await production.call(setShifts, {
    id,
    weekly: [{ ...early, end: '13:00' }],
    valid_from: at('06:00'),
  });
  expect(changed.versions.map(({ valid_from, weekly }) => [valid_from, weekly?.[0]?.end])).toEqual([
    [null, '14:00'],
    [at('06:00'), '13:00'],
  ]);
  expect(changed).toMatchObject({ version: 3, weekly: [{ end: '13:00', breaks: [] }] });
  expect((await production.announced(plantUpdated.type)).at(-1)?.data).toMatchObject({ calendars: changed.versions });
  expect((await production.call(getPlant, { id })).calendars).toEqual(changed.versions);
});

test('an old version is refused; so is an operator; another tenant’s plant is not found', async () => {
  const set = { id, weekly: null };
  await expect(production.call(setShifts, set, { expectedVersion: 1 })).rejects.toMatchObject({
    code: 'stale_version',
  });
  await expect(production.call(setShifts, set, { role: 'engineer' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(production.call(setShifts, set, { tenant: 'globex' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(production.call(getShifts, { id }, { tenant: 'globex' })).rejects.toMatchObject({ code: 'not_found' });
});
