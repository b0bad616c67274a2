import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { getReadings, type RejectionRow } from '@plantops/contracts';
import { at } from '@plantops/testing';
import { aMessage, TestDatabase } from '../database-fixture.ts';
import { readingsQuery } from './get-readings.ts';
import { receiveReadings } from './receive-readings.ts';
import { tidyWaiting } from './tidy-waiting.ts';

let sensors: TestDatabase;
let tenants = 0;

beforeAll(async () => {
  sensors = await TestDatabase.open();
});
afterAll(() => sensors.close());

/** Each test counts the readings of its own tenant. */
const aTenant = () => `tenant-${(tenants += 1)}`;
const rejections = (tenant: string) =>
  sensors.as<RejectionRow>(tenant, 'select * from line_event_rejection order by rejected_at, event_id');

describe('readings that wait', () => {
  test('are limited for a tenant: a message beyond the limit is rejected as a whole, unless it waits already', async () => {
    const [tenant, other] = [aTenant(), aTenant()];
    const receive = receiveReadings(sensors.deps, 5);
    // Sensors of one lane: their messages are stored one after the other, in this order.
    await receive([aMessage(tenant, 'A', 0, 4), aMessage(tenant, 'C', 0, 2), aMessage(tenant, 'E', 0, 1)]);
    await receive([aMessage(tenant, 'A', 0, 4), aMessage(tenant, 'G', 0, 1), aMessage(other, 'A', 0, 5)]);
    expect([await sensors.count(tenant, 'waiting_reading'), await sensors.count(other, 'waiting_reading')]).toEqual([
      5, 5,
    ]);
    const reason = expect.stringMatching(/^line L1 has no sensor .* 5 readings may wait/);
    expect(await rejections(tenant)).toMatchObject([
      { event_id: 'C', reason },
      { event_id: 'G', reason },
    ]);
  });

  test('more than one chunk are all stored', async () => {
    const tenant = aTenant();
    await receiveReadings(sensors.deps)(
      Array.from({ length: 25 }, (_, part) => aMessage(tenant, 'A', part * 1_000, 1_000)),
    );
    expect(await sensors.count(tenant, 'waiting_reading')).toBe(25_000);
    await sensors.add(tenant, 'A');
    expect([await sensors.count(tenant, 'waiting_reading'), await sensors.count(tenant, 'reading')]).toEqual([
      0, 25_000,
    ]);
  });

  test('for a sensor whose process ended right after adding it are stored by housekeeping', async () => {
    const tenant = aTenant();
    await receiveReadings(sensors.deps)([aMessage(tenant, 'A', 0, 3), aMessage(tenant, 'B', 0, 2)]);
    const { id } = await sensors.add(tenant, 'C');
    await sensors.as(tenant, "update sensor set code = 'A' where tenant_id = $1 and id = $2", [tenant, id]);
    await tidyWaiting(sensors.deps);
    expect([await sensors.count(tenant, 'waiting_reading'), await sensors.count(tenant, 'reading')]).toEqual([2, 3]);
  });

  test('longer than 30 days are deleted, with one rejection for each sensor', async () => {
    const tenant = aTenant();
    await receiveReadings(sensors.deps)([aMessage(tenant, 'A', 0, 3), aMessage(tenant, 'B', 0, 2)]);
    const later = (days: number) => ({
      ...sensors.deps,
      now: () => new Date(Date.parse(at('12:00')) + days * 86_400_000).toISOString(),
    });
    await tidyWaiting(later(29));
    expect(await sensors.count(tenant, 'waiting_reading')).toBe(5);
    await tidyWaiting(later(31));
    expect(await sensors.count(tenant, 'waiting_reading')).toBe(0);
    const [first, ...rest] = await rejections(tenant);
    expect(rest).toHaveLength(1);
    expect(first).toMatchObject({
      line_code: 'L1',
      kind: 'readings',
      event_id: 'A',
      reason: expect.stringMatching(/^line L1 has no sensor A, and it has waited 30 days/),
    });
    expect(JSON.parse(first?.body ?? '')).toEqual({ sensor: 'A', readings: 3, from: at('00:00'), to: at('00:00:02') });
  });
});

test('a window with too many readings is refused with the remedy, before the deadline', async () => {
  const tenant = aTenant();
  const { id } = await sensors.add(tenant, 'A');
  await receiveReadings(sensors.deps)(
    Array.from({ length: 20 }, (_, part) => aMessage(tenant, 'A', part * 1_000, 1_000)),
  );
  const look = (longestMs: number) =>
    sensors.do(getReadings, readingsQuery(longestMs), { id, points: 200, from: at('00:00'), to: at('12:00') }, tenant);
  await expect(look(1)).rejects.toMatchObject({
    code: 'invalid',
    errors: [{ path: 'from', message: expect.stringMatching(/shorter/) }],
  });
  expect((await look(4_000)).items).not.toEqual([]);
});
