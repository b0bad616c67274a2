import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { at } from '@plantops/testing';
import { aMessage, TestDatabase } from '../database-fixture.ts';
import { receiveReadings } from './receive-readings.ts';

let sensors: TestDatabase;

beforeAll(async () => {
  sensors = await TestDatabase.open();
});
afterAll(() => sensors.close());

describe('row-level security', () => {
  const asGlobex = (sql: string, values: unknown[] = []) => sensors.as('globex', sql, values);

  test('protects every table, and a partition that is named directly', async () => {
    await receiveReadings(sensors.deps)([
      aMessage('akron', 'W', 0, 3),
      aMessage('akron', 'X', 0, 1),
      { ...aMessage('akron', 'Y', 0, 1), payload: 'x' },
    ]);
    await sensors.add('akron', 'W');
    for (const table of [
      'reading',
      'reading_2026_03',
      'sensor',
      'sensor_state',
      'waiting_reading',
      'line_event_rejection',
      'outbox',
    ]) {
      expect([table, await sensors.count('akron', table)]).not.toEqual([table, 0]);
      expect([table, await sensors.count('globex', table)]).toEqual([table, 0]);
    }
    await asGlobex('delete from reading_2026_03');
    await asGlobex('update reading_2026_03 set value = 0');
    expect(await sensors.count('akron', 'reading')).toBe(3);
  });

  test('refuses a row of another tenant, through the parent and in a partition', async () => {
    const [sensor] = await sensors.as<{ id: string }>('akron', 'select id from sensor limit 1');
    for (const table of ['reading', 'reading_2026_03', 'waiting_reading'])
      await expect(
        asGlobex(
          table === 'waiting_reading'
            ? `insert into ${table} values ('akron', 'L1', 'A', $2, 1, 'good', now()) returning $1::uuid`
            : `insert into ${table} (tenant_id, sensor_id, at, value, quality) values ('akron', $1, $2, 1, 'good')`,
          [sensor?.id, at('09:30')],
        ),
      ).rejects.toThrow(/row-level security/);
  });
});

describe('the partitions of the readings', () => {
  test('the service cannot create tables itself, and partitions only for possible months', async () => {
    await expect(sensors.as('globex', 'create table mine (id integer)')).rejects.toThrow(/permission denied/);
    await expect(sensors.as('globex', 'drop table reading_2026_03')).rejects.toThrow(/must be owner/);
    for (const month of ['1999-12-01', '2100-01-01'])
      await expect(sensors.as('globex', 'select ensure_reading_partition($1::date)', [month])).rejects.toThrow(
        /2000 to 2099/,
      );
  });

  test('two transactions that need the same new month at once both get it', async () => {
    const months = Array.from({ length: 12 }, (_, month) => `2031-${String(month + 1).padStart(2, '0')}-01`);
    await Promise.all(
      [1, 2, 3, 4].map(() =>
        sensors.as('globex', 'select ensure_reading_partition(m) from unnest($1::date[]) m', [months]),
      ),
    );
    expect(
      await sensors.as(
        'globex',
        "select 1 from pg_inherits where inhparent = 'reading'::regclass and inhrelid::regclass::text like 'reading_2031%'",
      ),
    ).toHaveLength(12);
  });
});
