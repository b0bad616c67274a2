import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as contracts from '@plantops/contracts';
import { waitFor } from '@plantops/testing';
import { TestDatabase } from '../database-fixture.ts';
import { logReadings } from '../readings/log-readings.ts';
import { breachDue, TRANSPORT_SECONDS } from './breach-due.ts';
import { getSensor } from './get-sensor.ts';
import { updateSensor } from './update-sensor.ts';

let sensors: TestDatabase;
let tenants = 0;

beforeAll(async () => {
  sensors = await TestDatabase.open();
});
afterAll(() => sensors.close());

const A_MONTH_BEFORE = -31 * 86_400;
const second = (n: number) => new Date(Date.UTC(2026, 2, 2, 8, 0, n)).toISOString();

/** A sensor of a tenant of its own, with a high limit of 20 and a delay. */
const aSensor = async (delay_seconds: number) => {
  const tenant = `tenant-${(tenants += 1)}`;
  const { id } = await sensors.add(tenant, 'T1');
  const change = (changes: { high_limit?: number | null; delay_seconds?: number }) =>
    sensors.do(contracts.updateSensor, updateSensor, { id, ...changes }, tenant);
  await change({ high_limit: 20, delay_seconds });
  return {
    tenant,
    change,
    log: (n: number, value: number) =>
      sensors.do(contracts.logReadings, logReadings, { id, readings: [{ at: second(n), value }] }, tenant),
    get: () => sensors.do(contracts.getSensor, getSensor, { id }, tenant),
    pending: () => sensors.as(tenant, 'select pending_side, pending_limit, pending_due from sensor_state'),
    announced: async () => {
      const rows = await sensors.as<{ what: string; data: { limit: number; at: string } }>(
        tenant,
        `select payload::jsonb ->> 'type' as what, payload::jsonb -> 'data' as data
         from outbox
         where payload::jsonb ->> 'type' like 'sensor.limit_%'
         order by id`,
      );
      return rows.map(({ what, data }) => [what.slice('sensor.limit_'.length), data.limit, data.at]);
    },
  };
};

describe('limits that change while a delay runs', () => {
  test.each([null, 100, 25])('from 20 to %p: a value of 25 breaches nothing', async (high_limit) => {
    const sensor = await aSensor(6);
    await sensor.log(0, 25);
    await sensor.change({ high_limit });
    expect(await sensor.pending()).toEqual([{ pending_side: null, pending_limit: null, pending_due: null }]);
    await breachDue(sensors.database, second(60));
    expect(await sensor.announced()).toEqual([]);
    expect(await sensor.get()).toMatchObject({ breached_side: null });
  });

  test('are the limit and the delay of the breach', async () => {
    const sensor = await aSensor(600);
    await sensor.log(0, 25);
    await sensor.change({ high_limit: 22, delay_seconds: 1 });
    await breachDue(sensors.database, second(60));
    expect(await sensor.announced()).toEqual([['breached', 22, second(1)]]);
  });

  test('leave a breach as it is until the next good reading', async () => {
    const sensor = await aSensor(6);
    await sensor.log(0, 25);
    await breachDue(sensors.database, second(60));
    await sensor.change({ high_limit: null });
    expect(await sensor.get()).toMatchObject({ breached_side: 'high' });
    await sensor.log(61, 25);
    expect(await sensor.announced()).toEqual([
      ['breached', 20, second(6)],
      ['cleared', 20, second(61)],
    ]);
  });

  test('judge also a reading that is being stored at that time', async () => {
    const sensor = await aSensor(6);
    // Storing the first reading of a month waits for this lock, after it has read the sensor.
    const lock = "select pg_advisory_xact_lock(hashtextextended('ensure_reading_partition', 0))";
    const waiting = async (count: number) => {
      const rows = await sensors.as(
        'another',
        `select from pg_locks l join pg_database d on d.oid = l.database
         where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`,
      );
      return rows.length === count;
    };
    const [stored, changed] = await sensors.database.transact(sensor.tenant, async (tx) => {
      await tx.query(lock);
      const storing = sensor.log(A_MONTH_BEFORE, 25);
      await waitFor('the reading to wait', () => waiting(1));
      const changing = sensor.change({ high_limit: null });
      await Promise.race([changing, waitFor('the change to wait', () => waiting(2))]);
      return [storing, changing] as const;
    });
    await Promise.all([stored, changed]);
    expect(await sensor.pending()).toEqual([{ pending_side: null, pending_limit: null, pending_due: null }]);
  });
});

describe('a reading that comes late', () => {
  test('but ends the delay in time is waited for: there is no alarm', async () => {
    const sensor = await aSensor(5);
    await sensor.log(0, 25);
    await breachDue(sensors.database, second(5 + TRANSPORT_SECONDS - 1));
    expect(await sensor.announced()).toEqual([]);
    await sensor.log(2, 15);
    await breachDue(sensors.database, second(60));
    expect(await sensor.announced()).toEqual([]);
  });

  test('is waited for no longer than for its transport', async () => {
    const sensor = await aSensor(5);
    await sensor.log(0, 25);
    await breachDue(sensors.database, second(5 + TRANSPORT_SECONDS));
    expect(await sensor.announced()).toEqual([['breached', 20, second(5)]]);
  });

  test('later than that clears the alarm, and not before its breach', async () => {
    const sensor = await aSensor(5);
    await sensor.log(0, 25);
    await breachDue(sensors.database, second(60));
    await sensor.log(2, 15);
    expect(await sensor.announced()).toEqual([
      ['breached', 20, second(5)],
      ['cleared', 20, second(5)],
    ]);
    expect(await sensor.get()).toMatchObject({ breached_side: null });
  });
});
