import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSensor, getSensor, getSensorFigures, lineCreated, logReadings, updateSensor } from '@plantops/contracts';
import { aLine, at, LINE_ID, PLANT_ID, rowId, ServiceHarness, waitFor } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let sensors: ServiceHarness;
let codes = 0;

beforeAll(async () => {
  sensors = await ServiceHarness.start('sensors', start, readConfig);
  await sensors.announce(lineCreated, aLine());
  await sensors.settled();
});
afterAll(() => sensors.close());

const aSensor = () =>
  sensors.call(createSensor, {
    code: `T${(codes += 1)}`,
    line_id: LINE_ID,
    name: 'Oven',
    unit: '°C',
    kind: 'temperature',
    low_limit: 10,
    high_limit: 20,
  });
type Sensor = Awaited<ReturnType<typeof aSensor>>;
const reading = (time: string, value: number, quality: 'good' | 'bad' = 'good') => ({ at: at(time), value, quality });
const crossings = async ({ id }: Sensor) =>
  (await sensors.announced()).filter(({ type, subject }) => type.startsWith('sensor.limit_') && subject === id);
const announced = async (sensor: Sensor) =>
  (await crossings(sensor)).map(({ type, data }) => {
    const { side, value, at: when } = data as { side: string; value: number; at: string };
    return [type.slice('sensor.limit_'.length), side, value, when];
  });

describe('readings that cross a limit', () => {
  const tape = [
    reading('08:00', 15),
    reading('08:01', 25),
    reading('08:02', 99, 'bad'),
    reading('08:03', 26),
    reading('08:04', 20),
    reading('08:05', 5),
  ];
  const expected = [
    ['breached', 'high', 25, at('08:01')],
    ['cleared', 'high', 20, at('08:04')],
    ['breached', 'low', 5, at('08:05')],
  ];

  test.each([
    ['in one message', [tape]],
    ['one by one', tape.map((one) => [one])],
    ['in one message, shuffled and twice', [[...tape.toReversed(), ...tape]]],
  ])('are announced once each, in the order of time: %s', async (_how, messages) => {
    const sensor = await aSensor();
    for (const readings of [...messages, ...messages]) {
      await sensors.publishReadings('L1', sensor.code, { readings });
      await sensors.settled();
    }
    expect(await announced(sensor)).toEqual(expected);
    expect((await crossings(sensor))[0]).toMatchObject({
      actor: 'line:L1',
      data: { id: sensor.id, line_id: LINE_ID, code: sensor.code, name: 'Oven', unit: '°C', limit: 20 },
    });
    expect(await sensors.call(getSensor, { id: sensor.id })).toMatchObject({
      last_at: at('08:05'),
      last_value: 5,
      breached_side: 'low',
      breached_since: at('08:05'),
      version: 1,
    });
  });

  test('so many that they would delay others: of one message the first ones and the last are announced', async () => {
    const sensor = await aSensor();
    const began = Date.parse(at('08:00'));
    const swinging = Array.from({ length: 1_000 }, (_, n) => ({
      at: new Date(began + n * 1_000).toISOString(),
      value: n % 2 === 0 ? 25 : 15,
    }));
    await sensors.publishReadings('L1', sensor.code, { readings: swinging });
    await sensors.settled();
    expect(await announced(sensor)).toEqual(
      [0, 1, 2, 999].map((n) => [n % 2 === 0 ? 'breached' : 'cleared', 'high', swinging[n]?.value, swinging[n]?.at]),
    );
    expect((await crossings(sensor)).at(-1)?.data).toMatchObject({ crossings_between: 996 });
  });

  test('late ones are stored and change no alarm', async () => {
    const { id, ...sensor } = await aSensor();
    await sensors.call(logReadings, { id, readings: [reading('08:00', 15), reading('09:00', 15)] });
    expect(await sensors.call(logReadings, { id, readings: [reading('08:30', 99)] })).toEqual({ stored: 1, known: 0 });
    expect(await announced({ id, ...sensor })).toEqual([]);
  });

  test('logged by a person are announced with that person as author', async () => {
    const sensor = await aSensor();
    await sensors.call(logReadings, { id: sensor.id, readings: [reading('08:00', 25)] }, { role: 'engineer' });
    expect((await crossings(sensor))[0]?.actor).toBe('engineer@akron');
  });

  test('are judged by the limits in force when they arrive', async () => {
    const sensor = await aSensor();
    const log = (time: string, value: number) =>
      sensors.call(logReadings, { id: sensor.id, readings: [reading(time, value)] });
    await log('08:00', 25);
    await sensors.call(updateSensor, { id: sensor.id, high_limit: 30 });
    expect(await sensors.call(getSensor, { id: sensor.id })).toMatchObject({ breached_side: 'high' });
    await log('08:01', 25);
    expect((await announced(sensor)).map(([what]) => what)).toEqual(['breached', 'cleared']);
  });
});

test('the figures list sensors outside their limits, by line and plant, for one tenant', async () => {
  const line = aLine({ id: rowId(30), code: 'L3', plant_id: rowId(31) });
  await sensors.announce(lineCreated, line);
  await sensors.settled();
  const { id } = await sensors.call(createSensor, {
    code: 'P',
    line_id: line.id,
    name: 'Tank',
    unit: 'bar',
    kind: 'p',
    high_limit: 2,
  });
  await sensors.publishReadings('L3', 'P', { readings: [reading('08:00', 2.5), reading('08:01', 3.5)] });
  await sensors.settled();
  const tank = {
    sensor_id: id,
    line_id: line.id,
    name: 'Tank',
    unit: 'bar',
    side: 'high',
    limit: 2,
    value: 3.5,
    since: at('08:00'),
  };
  expect(await sensors.call(getSensorFigures, { line_id: line.id })).toEqual({ waiting: [], breached: [tank] });
  expect(await sensors.call(getSensorFigures, { plant_id: line.plant_id })).toEqual({ waiting: [], breached: [tank] });
  expect((await sensors.call(getSensorFigures, { plant_id: PLANT_ID })).breached).not.toContainEqual(tank);
  expect(await sensors.call(getSensorFigures, {}, { tenant: 'globex' })).toEqual({ waiting: [], breached: [] });
  await sensors.publishReadings('L3', 'P', reading('08:02', 1));
  await sensors.settled();
  expect(await sensors.call(getSensorFigures, { line_id: line.id })).toEqual({ waiting: [], breached: [] });
});

describe('a sensor whose alarms are damped', () => {
  test('alarms when its delay is over, although it sends nothing more; the overview shows it from then on', async () => {
    const { id } = await sensors.call(createSensor, {
      code: `T${(codes += 1)}`,
      line_id: LINE_ID,
      name: 'Oven',
      unit: '°C',
      kind: 'temperature',
      high_limit: 20,
      deadband: 1,
      delay_seconds: 2,
    });
    // So long ago that no reading that ends the delay is waited for.
    const began = new Date(Date.now() - 60_000).toISOString();
    await sensors.call(logReadings, { id, readings: [{ at: began, value: 25 }] });
    const breached = async () =>
      (await sensors.call(getSensorFigures, {})).breached.filter(({ sensor_id }) => sensor_id === id);
    await waitFor('the alarm', async () => (await breached()).length === 1);
    expect(await breached()).toMatchObject([{ side: 'high', value: 25, since: began }]);
    const due = new Date(Date.parse(began) + 2_000).toISOString();
    const announcedOfIt = (await sensors.announced()).filter(
      ({ type, subject }) => type === 'sensor.limit_breached' && subject === id,
    );
    expect(announcedOfIt).toMatchObject([{ actor: 'line:L1', data: { at: due, value: 25 } }]);
    const later = new Date().toISOString();
    await sensors.call(logReadings, { id, readings: [{ at: later, value: 19.5 }] });
    expect(await breached()).toHaveLength(1);
    await sensors.call(logReadings, {
      id,
      readings: [{ at: new Date(Date.parse(later) + 1).toISOString(), value: 19 }],
    });
    expect(await breached()).toEqual([]);
  });

  test('has a deadband that fits between its limits', async () => {
    const { id } = await aSensor();
    await expect(sensors.call(updateSensor, { id, deadband: 11 })).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'deadband' }],
    });
    expect(await sensors.call(updateSensor, { id, deadband: 10 })).toMatchObject({ deadband: 10, delay_seconds: 0 });
  });
});
