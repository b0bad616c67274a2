import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createSensor,
  getReadings,
  getSensorFigures,
  lineCreated,
  rejectionsOf,
  logReadings,
  waitingOf,
} from '@plantops/contracts';
import { aLine, at, LINE_ID, ServiceHarness, twiceShuffled } from '@plantops/testing';
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

const aCode = () => `T${(codes += 1)}`;
const add = (code: string, line_id = LINE_ID) =>
  sensors.call(createSensor, { code, line_id, name: 'Oven', unit: '°C', kind: 'temperature' });
const publish = (code: string, body: unknown) => sensors.publishReadings('L1', code, body);
const minute = (n: number, value = n) => ({ at: new Date(Date.parse(at('08:00')) + n * 60_000).toISOString(), value });
const minutes = (from: number, count: number) => Array.from({ length: count }, (_, index) => minute(from + index));
const stored = async (code: string) => {
  await sensors.settled();
  const { rows } = await sensors.rows.query<{ at: Date; value: number; quality: string }>(
    'select r.at, r.value, r.quality from reading r join sensor s on s.id = r.sensor_id where s.code = $1 order by r.at',
    [code],
  );
  return rows.map((row) => ({ at: row.at.toISOString(), value: row.value }));
};
const waiting = async () =>
  Number((await sensors.rows.query<{ count: string }>('select count(*) from waiting_reading')).rows[0]?.count);
const rejected = async (code: string) => {
  await sensors.settled();
  return (await sensors.call(rejectionsOf('sensors'), { limit: 500 })).items.filter(
    ({ event_id }) => event_id === code,
  );
};

describe('readings of a sensor', () => {
  test('are stored once, in any order and however often they arrive', async () => {
    const code = aCode();
    await add(code);
    for (const readings of twiceShuffled([minutes(0, 30), minutes(10, 30), minutes(50, 1)], 7))
      await publish(code, { readings });
    expect(await stored(code)).toEqual([...minutes(0, 40), ...minutes(50, 1)]);
  });

  test('stay as they arrived first: another value for the same instant changes nothing', async () => {
    const code = aCode();
    await add(code);
    await publish(code, { readings: [minute(1, 1), minute(1, 2)] });
    await publish(code, { readings: [minute(0, 1), minute(1, 3)] });
    expect(await stored(code)).toEqual([minute(0, 1), minute(1, 1)]);
  });

  test('are accepted one at a time, in a CloudEvent, with a source, and in other zones', async () => {
    const code = aCode();
    await add(code);
    await publish(code, { ...minute(0), source: 'plc', seq: 1 });
    await publish(code, {
      specversion: '1.0',
      id: 'x',
      source: 'plc',
      type: 'readings',
      data: { readings: [minute(1)] },
    });
    await publish(code, { at: '2026-03-02T09:02:00+01:00', value: 2 });
    expect(await stored(code)).toEqual(minutes(0, 3));
  });

  test('are stored in any month, also one without a partition', async () => {
    const code = aCode();
    await add(code);
    const readings = ['2000-01-01T00:00:00.000Z', '2019-12-31T23:59:59.999Z', '2020-01-01T00:00:00.000Z'].map(
      (when) => ({
        at: when,
        value: 1,
      }),
    );
    await publish(code, { readings });
    expect(await stored(code)).toEqual(readings);
    const { rows } = await sensors.rows.query<{ name: string }>(
      "select relname as name from pg_class where relname like 'reading\\_20__\\___'",
    );
    expect(rows.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['reading_2000_01', 'reading_2019_12', 'reading_2020_01']),
    );
  });

  test('many messages at once are all stored', async () => {
    const all = Array.from({ length: 8 }, aCode);
    for (const code of all) await add(code);
    await Promise.all(
      all.flatMap((code) => [0, 1, 2, 3].map((part) => publish(code, { readings: minutes(part * 500, 500) }))),
    );
    for (const code of all) expect(await stored(code)).toEqual(minutes(0, 2_000));
  });
});

describe('readings of a sensor that is not known yet', () => {
  test('wait, and are stored when it is added', async () => {
    const code = aCode();
    await publish(code, { readings: minutes(0, 3) });
    await publish(code, { readings: minutes(1, 3) });
    await sensors.settled();
    expect(await waiting()).toBe(4);
    expect(await add(code)).toMatchObject({ last_at: minute(3).at, last_value: 3 });
    expect(await stored(code)).toEqual(minutes(0, 4));
    expect(await waiting()).toBe(0);
  });

  test('are not lost when it is added while they arrive', async () => {
    for (const code of [aCode(), aCode(), aCode()]) {
      const sending = Array.from({ length: 40 }, (_, part) => publish(code, { readings: minutes(part * 50, 50) }));
      await Promise.all([...sending.slice(0, 20), add(code), ...sending.slice(20)]);
      expect(await stored(code)).toEqual(minutes(0, 2_000));
    }
    expect(await waiting()).toBe(0);
  });
});

describe('readings that cannot be stored', () => {
  const future = new Date(Date.now() + 3_600_000).toISOString();

  test.each([
    ['not JSON', 'x', /not JSON/],
    ['without a value', { readings: [minute(0), { at: at('08:01') }] }, /^readings\.1\.value: is required/],
    [
      'one of many in the future',
      { readings: [minute(0), { at: future, value: 1 }] },
      /^readings\.1\.at: must not lie in the future/,
    ],
    ['alone in the future', { at: future, value: 1 }, /^at: must not lie in the future/],
    [
      '1,001 of them',
      { readings: Array.from({ length: 1_001 }, (_, n) => ({ at: minute(n).at, value: 1 })) },
      /at most 1000 readings/,
    ],
    ['none', { readings: [] }, /^readings: must be at least 1 reading/],
    ['before 2000', { at: '1999-12-31T23:59:59Z', value: 1 }, /^at: must lie between/],
  ])('%s: the message is listed and announced, and nothing of it is stored', async (_what, body, reason) => {
    const code = aCode();
    await add(code);
    await publish(code, body);
    await publish(code, body);
    expect(await rejected(code)).toMatchObject([
      { service: 'sensors', line_code: 'L1', kind: 'readings', event_id: code, reason: expect.stringMatching(reason) },
    ]);
    expect(await stored(code)).toEqual([]);
    const { rows } = await sensors.rows.query<{ subject: string; payload: string }>(
      "select subject, payload from outbox where subject like 'plantops.rejected.%' and payload like $1",
      [`%"event_id":"${code}"%`],
    );
    expect(rows).toMatchObject([{ subject: 'plantops.rejected.akron.L1' }]);
  });

  test('the same body on two sensors is rejected once for each', async () => {
    const [one, other] = [aCode(), aCode()];
    for (const code of [one, other]) await publish(code, 'the same');
    expect([...(await rejected(one)), ...(await rejected(other))]).toHaveLength(2);
  });

  test.each([
    ['a sensor code of two tokens', 'L1', 'a.b', 'plantops.rejected.akron.L1'],
    ['a line code that is none', 'L$1', 'T1', 'plantops.rejected.akron._'],
    ['a sensor code that is none', 'L1', 'T,1', 'plantops.rejected.akron.L1'],
  ])('%s is rejected, and what comes after it is stored', async (_what, line, code, subject) => {
    const known = aCode();
    await add(known);
    await sensors.publishReadings(line, code, minute(0));
    await publish(known, minute(0));
    expect(await stored(known)).toEqual([minute(0)]);
    const listed = (await rejected(code)).filter(({ line_code }) => line_code === line);
    expect(listed).toMatchObject([{ reason: expect.stringMatching(/^publish on plantops\.readings/) }]);
    const announced = await sensors.rows.query(
      'select from outbox where subject = $1 and payload like $2 and published_at is not null',
      [subject, `%${listed[0]?.id}%`],
    );
    expect(announced.rowCount).toBe(1);
  });
});

describe('readings that a person logs', () => {
  test('are counted as stored or already known, once under one Idempotency-Key', async () => {
    const { id } = await add(aCode());
    const readings = [minute(0), minute(1), minute(1, 9)];
    const first = await sensors.call(logReadings, { id, readings }, { idempotencyKey: 'log-1' });
    expect(first).toEqual({ stored: 2, known: 1 });
    expect(await sensors.call(logReadings, { id, readings }, { idempotencyKey: 'log-1' })).toEqual(first);
    expect(await sensors.call(logReadings, { id, readings: [minute(1), minute(2)] })).toEqual({ stored: 1, known: 1 });
  });

  test('of the future, too many, or of another tenant are refused', async () => {
    const { id } = await add(aCode());
    const readings = [minute(0), { at: new Date(Date.now() + 400_000).toISOString(), value: 1 }];
    await expect(sensors.call(logReadings, { id, readings })).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'readings.1.at' }],
    });
    await expect(sensors.call(logReadings, { id, readings: minutes(0, 1_001) })).rejects.toMatchObject({
      errors: [{ path: 'readings' }],
    });
    await expect(
      sensors.call(logReadings, { id, readings: minutes(0, 1) }, { tenant: 'globex' }),
    ).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await sensors.call(getReadings, { id, from: at('00:00'), to: at('23:00') })).items).toEqual([]);
  });
});

describe('readings of a sensor that is not known', () => {
  const of = waitingOf('sensors');
  const listed = async (code: string) => {
    await sensors.settled();
    return (await sensors.call(of.list, { event_id: code })).items;
  };

  test('are listed as one row, wait on when they are released, and are stored with their sensor', async () => {
    const code = aCode();
    await publish(code, { readings: minutes(0, 5) });
    const [row, ...others] = await listed(code);
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      service: 'sensors',
      line_code: 'L1',
      kind: 'readings',
      reason: 'unknown_sensor',
      waits_for: `sensor:L1.${code}`,
    });
    expect(JSON.parse(row?.body ?? '')).toMatchObject({ sensor: code, readings: 5 });
    await expect(sensors.call(of.release, { id: row?.id ?? '' })).rejects.toMatchObject({
      code: 'illegal_transition',
      message: expect.stringContaining(`line L1 has no sensor ${code}`),
    });
    expect(await sensors.call(of.releaseAll, { line_code: 'L1', event_id: code })).toEqual({ released: 0, waiting: 5 });
    expect(await sensors.call(of.releaseAll, { event_id: code, kind: 'count' })).toEqual({ released: 0, waiting: 0 });
    expect((await sensors.call(getSensorFigures, {})).waiting).toEqual([
      { reason: 'unknown_sensor', count: await waiting() },
    ]);
    await add(code);
    expect([await stored(code), await listed(code)]).toEqual([minutes(0, 5), []]);
  });

  test('can be discarded: the sensor that is added later has none of them', async () => {
    const [code, other] = [aCode(), aCode()];
    await publish(code, { readings: minutes(0, 5) });
    await publish(other, { readings: minutes(0, 1) });
    const [row] = await listed(code);
    expect(await sensors.call(of.discard, { id: row?.id ?? '', reason: 'of a test' })).toEqual(row);
    await add(code);
    expect([await stored(code), await listed(code), (await listed(other)).length]).toEqual([[], [], 1]);
    await expect(sensors.call(of.discard, { id: row?.id ?? '' })).rejects.toMatchObject({ code: 'not_found' });
  });
});
