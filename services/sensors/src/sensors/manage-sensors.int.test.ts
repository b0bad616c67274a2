import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createSensor,
  getLine,
  getSensor,
  historyOf,
  lineCreated,
  listSensors,
  Problem,
  updateSensor,
} from '@plantops/contracts';
import { answer } from '@plantops/service-kit';
import { aLine, LINE_ID, PLANT_ID, rowId, ServiceHarness } from '@plantops/testing';
import type { z } from 'zod';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let sensors: ServiceHarness;
let codes = 0;
const elsewhere = aLine({ id: rowId(20), code: 'L2', plant_id: rowId(21) });
type Fields = Partial<z.input<(typeof createSensor)['input']>>;

beforeAll(async () => {
  const unknown = answer(getLine, async ({ id }) =>
    id === elsewhere.id ? elsewhere : Promise.reject(new Problem('not_found', 'no such line')),
  );
  sensors = await ServiceHarness.start('sensors', start, readConfig, {
    neighbours: [{ service: 'production', answers: [unknown] }],
  });
  await sensors.announce(lineCreated, aLine());
  await sensors.settled();
});
afterAll(() => sensors.close());

const add = (
  fields: Fields = {},
  who: { tenant?: string; role?: 'operator' | 'engineer'; idempotencyKey?: string } = {},
) =>
  sensors.call(
    createSensor,
    { code: `T${(codes += 1)}`, line_id: LINE_ID, name: 'Oven', unit: '°C', kind: 'temperature', ...fields },
    { role: 'engineer', ...who },
  );

describe('a sensor', () => {
  test('is added with the code of its line, and announced with the whole row', async () => {
    const sensor = await add({ low_limit: -5.25, high_limit: 1e15 });
    expect(sensor).toMatchObject({
      line_code: 'L1',
      low_limit: -5.25,
      high_limit: 1e15,
      version: 1,
      last_at: null,
      breached_side: null,
    });
    expect(await sensors.call(getSensor, { id: sensor.id }, { role: 'viewer' })).toEqual(sensor);
    const { last_at: _at, last_value: _value, breached_side: _side, breached_since: _since, ...row } = sensor;
    expect((await sensors.announced('sensor.created')).find(({ subject }) => subject === sensor.id)?.data).toEqual(row);
  });

  test('has a code that is unique on the line, and free on another', async () => {
    const { code } = await add();
    await expect(add({ code })).rejects.toMatchObject({ code: 'already_exists', errors: [{ path: 'code' }] });
    expect(await add({ code, line_id: elsewhere.id })).toMatchObject({ code, line_code: 'L2' });
  });

  test('needs an existing line, and limits in their order', async () => {
    await expect(add({ line_id: rowId(99) })).rejects.toMatchObject({ code: 'invalid', errors: [{ path: 'line_id' }] });
    await expect(add({ low_limit: 5, high_limit: 5 })).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'low_limit' }],
    });
    const { id } = await add({ high_limit: 5 });
    await expect(sensors.call(updateSensor, { id, low_limit: 6 })).rejects.toMatchObject({ code: 'invalid' });
  });

  test('changes under its version, and its history shows what changed', async () => {
    const { id } = await add({ high_limit: 90 });
    const changed = await sensors.call(updateSensor, { id, high_limit: null, name: 'Furnace' }, { expectedVersion: 1 });
    expect(changed).toMatchObject({ version: 2, high_limit: null, name: 'Furnace' });
    await expect(sensors.call(updateSensor, { id, name: 'x' }, { expectedVersion: 1 })).rejects.toMatchObject({
      code: 'stale_version',
    });
    await sensors.settled();
    const { items } = await sensors.call(historyOf('sensors'), { resource: 'sensors', id });
    expect(items.map(({ type, version }) => [type, version])).toEqual([
      ['sensor.updated', 2],
      ['sensor.created', 1],
    ]);
    expect(items[0]?.changes).toEqual(
      expect.arrayContaining([
        { field: 'name', before: 'Oven', after: 'Furnace' },
        { field: 'high_limit', before: 90, after: null },
      ]),
    );
  });

  test('is added once under one Idempotency-Key', async () => {
    const [code, idempotencyKey] = ['once', 'add-once'];
    const first = await add({ code }, { idempotencyKey });
    expect(await add({ code }, { idempotencyKey })).toEqual(first);
  });

  test('is seen by its tenant only, and an operator cannot add one', async () => {
    const { id } = await add();
    await expect(sensors.call(getSensor, { id }, { tenant: 'globex' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(sensors.call(updateSensor, { id, name: 'x' }, { tenant: 'globex' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(add({}, { role: 'operator' })).rejects.toMatchObject({ code: 'forbidden' });
    expect((await sensors.call(listSensors, {}, { tenant: 'globex' })).items).toEqual([]);
  });

  test('is listed by line, plant, code and kind', async () => {
    await sensors.announce(lineCreated, elsewhere);
    await sensors.settled();
    const { id, code } = await add({ line_id: elsewhere.id, kind: 'pressure' });
    const there = (await sensors.call(listSensors, { line_id: elsewhere.id })).items.map((sensor) => sensor.id);
    expect(there).toContain(id);
    expect(
      (await sensors.call(listSensors, { plant_id: elsewhere.plant_id })).items.map((sensor) => sensor.id),
    ).toEqual(there);
    expect((await sensors.call(listSensors, { plant_id: PLANT_ID })).items.map((sensor) => sensor.id)).not.toContain(
      id,
    );
    for (const filter of [{ code }, { kind: 'pressure' }])
      expect((await sensors.call(listSensors, filter)).items.map((sensor) => sensor.id)).toEqual([id]);
  });
});
