import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  countAmended,
  countLogged,
  createLine,
  createPlant,
  createProduct,
  listBatches,
  listCounts,
  rejectionsOf,
  updateLine,
  updateProduct,
  voidCount,
  type CountRow,
} from '@plantops/contracts';
import { at, ServiceHarness, twiceShuffled, waitFor } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let production: ServiceHarness;
let plant_id: string;
beforeAll(async () => {
  production = await ServiceHarness.start('production', start, readConfig);
  plant_id = (await production.call(createPlant, { code: 'AKR', name: 'Akron', timezone: 'UTC' })).id;
});
afterAll(() => production.close());

const addLine = async (code: string, settings: object = {}) => {
  const line = { code, plant_id, name: code, hourly_cost: 300, ideal_cycle_seconds: 30, ...settings };
  return (await production.call(createLine, line)).id;
};
const begin = (code: string, more: object = {}) =>
  production.publish(code, 'batch.started', { id: `${code}/begin`, batch_number: 'B', at: at('06:00'), ...more });
const show = (code: string, time: string, total: number, more: object = {}) =>
  production.publish(code, 'counter', { id: `${code}/${time}`, at: at(time), total, batch_number: 'B', ...more });
const counts = async (line_id: string): Promise<CountRow[]> => {
  const [batch] = (await production.call(listBatches, { line_id })).items;
  return (await production.call(listCounts, { id: batch?.id as string, sort: 'at' })).items;
};
const goods = async (line_id: string) => (await counts(line_id)).map(({ good }) => good);
const announcedOf = async (type: string, line_id: string) =>
  (await production.announced(type)).map(({ data }) => data as CountRow).filter((row) => row.line_id === line_id);

test('W12: a late reading changes the difference of the next one, whose count keeps its id and is announced', async () => {
  const line_id = await addLine('LATE', { counter_modulus: 1000 });
  await begin('LATE');
  for (const [time, total] of [
    ['07:00', 990],
    ['08:00', 998],
    ['10:00', 2],
  ] as const)
    await show('LATE', time, total);
  await production.settled();
  const before = await counts(line_id);
  expect(before.map(({ good }) => good)).toEqual([8, 4]);
  await show('LATE', '09:00', 5);
  await production.settled();
  const after = await counts(line_id);
  expect(after.map(({ at: time, good }) => [time, good])).toEqual([
    [at('08:00'), 8],
    [at('09:00'), 7],
    [at('10:00'), 2],
  ]);
  expect([after[0]?.id, after[2]?.id]).toEqual(before.map(({ id }) => id));
  expect(await announcedOf(countAmended.type, line_id)).toMatchObject([{ id: before[1]?.id, good: 2, version: 2 }]);
  expect(await announcedOf(countLogged.type, line_id)).toHaveLength(3);
});

test('every order of arrival gives the same counts, with duplicates, ties, restarts and misreadings', async () => {
  const readings: [string, number, object?][] = [
    ['07:00', 990],
    ['07:01', 998],
    ['07:02', 5],
    ['07:03', 3],
    ['07:04', 40],
    ['07:20', 39, { seq: 2 }],
    ['07:20', 77, { id: 'tie' }],
    ['07:30', 500, { counter: 'reject' }],
    ['07:40', 510, { counter: 'reject' }],
  ];
  const seen: unknown[] = [];
  for (const index of [1, 2, 3]) {
    const code = `ORDER-${index}`;
    const line_id = await addLine(code, { counter_modulus: 1000, units_per_pulse: 2.5 });
    const events = readings.map(([time, total, more]) => ({ time, total, more: { ...more } as { id?: string } }));
    for (const { time, total, more } of twiceShuffled(events, index))
      await show(code, time, total, { ...more, id: `${code}/${time}/${more.id ?? ''}` });
    await begin(code);
    await production.settled();
    const rows = (await counts(line_id)).filter(({ good, reject }) => good + reject > 0);
    seen.push(rows.map(({ at: time, good, reject }) => [time.slice(11, 16), good, reject]));
  }
  const expected = [
    ['07:01', 20, 0],
    ['07:02', 17.5, 0],
    ['07:04', 87.5, 0],
    ['07:20', 97.5, 0],
    ['07:40', 0, 25],
  ];
  expect(seen).toEqual([expected, expected, expected]);
});

test('a later word of an instant takes the place of the one before: the count keeps its id', async () => {
  const line_id = await addLine('TIE');
  await begin('TIE');
  await show('TIE', '07:00', 10);
  await show('TIE', '08:00', 30);
  await production.settled();
  const [before] = await counts(line_id);
  for (const [seq, total, good] of [
    [2, 25, 15],
    [1, 99, 15],
  ] as const) {
    await show('TIE', '08:00', total, { id: `TIE/${seq}`, seq });
    await production.settled();
    expect(await counts(line_id)).toMatchObject([{ id: before?.id, good }]);
  }
});

describe('what a counter cannot show', () => {
  test('a total over the modulus is rejected, and both are named; below zero it is refused; what follows is counted', async () => {
    const line_id = await addLine('BAD', { counter_modulus: 1000 });
    await begin('BAD');
    await show('BAD', '07:00', 10);
    await show('BAD', '08:00', 1001);
    await show('BAD', '09:00', -1);
    await show('BAD', '10:00', 30);
    await production.settled();
    const { items } = await production.call(rejectionsOf('production'), { limit: 500 });
    const reasons = new Map(items.map(({ event_id, reason }) => [event_id, reason]));
    expect(reasons.get('BAD/08:00')).toMatch(/1001.*counter_modulus.*1000/);
    expect(reasons.get('BAD/09:00')).toMatch(/total: must be at least 0/);
    expect(await goods(line_id)).toEqual([20]);
  });

  test('a total that is more units than can be stored is rejected', async () => {
    await addLine('HUGE', { units_per_pulse: 1_000_000 });
    await show('HUGE', '07:00', 1e12);
    await production.settled();
    const { items } = await production.call(rejectionsOf('production'), { limit: 500 });
    expect(items.find(({ event_id }) => event_id === 'HUGE/07:00')?.reason).toMatch(/total: .*at most 1000000000000/);
  });
});

test('settings that are corrected for the past derive the counts again, from their valid_from on', async () => {
  const line_id = await addLine('SET');
  await begin('SET');
  // More than one chunk of readings.
  const totals = Array.from({ length: 450 }, (_, index) => (index * 10) % 1000);
  await Promise.all(
    totals.map((total, index) =>
      show('SET', '07:00', total, {
        id: `SET/${index}`,
        at: new Date(Date.parse(at('07:00')) + index * 1000).toISOString(),
      }),
    ),
  );
  await production.settled();
  const total = async () => {
    const { rows } = await production.rows.query<{ good: string }>(
      'select sum(good) as good from unit_count where line_id = $1',
      [line_id],
    );
    return Number(rows[0]?.good);
  };
  // Without a modulus each begin of the range is a restart that counts nothing.
  expect(await total()).toBe(449 * 10 - 4 * 10);
  await production.call(updateLine, { id: line_id, counter_modulus: 1000, valid_from: at('00:00') });
  await waitFor('the rollovers', async () => (await total()) === 449 * 10);
  await production.call(updateLine, { id: line_id, units_per_pulse: 3, valid_from: at('07:05') });
  await waitFor('the pulses', async () => (await total()) === 299 * 10 + 150 * 30);
});

test('a counter in another unit is converted, again with a corrected factor, and waits for a unit that is not known', async () => {
  const product = {
    code: 'PACK',
    name: 'PACK',
    unit: 'pack',
    units: [{ unit: 'bottle', factor: '1/6' }],
    unit_cost: 3,
  };
  const { id } = await production.call(createProduct, product);
  const line_id = await addLine('PACK');
  await begin('PACK', { product_code: 'PACK' });
  await show('PACK', '07:00', 6, { unit: 'bottle' });
  await show('PACK', '08:00', 66, { unit: 'bottle' });
  await show('PACK', '09:00', 78, { unit: 'can' });
  await production.settled();
  expect(await counts(line_id)).toMatchObject([{ good: 10, given_good: 60, given_unit: 'bottle' }]);
  const units = [
    { unit: 'bottle', factor: 0.5 },
    { unit: 'can', factor: 2 },
  ];
  await production.call(updateProduct, { id, units });
  await waitFor('the factor', async () => JSON.stringify(await goods(line_id)) === '[30,24]');
});

test('a late reading brings no units back that a person has voided', async () => {
  const line_id = await addLine('VOID');
  await begin('VOID');
  await show('VOID', '07:00', 10);
  await show('VOID', '09:00', 30);
  await production.settled();
  const [count] = await counts(line_id);
  await production.call(voidCount, {
    id: count?.batch_id as string,
    count_id: count?.id as string,
    reason: 'a test run',
  });
  await show('VOID', '08:00', 25);
  await production.settled();
  expect((await counts(line_id)).map(({ good, voided_at }) => [good, voided_at !== null])).toEqual([
    [15, true],
    [20, true],
  ]);
});
