import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSensor, getReadings, lineCreated, logReadings, plantCreated, type Reading } from '@plantops/contracts';
import { aLine, aPlant, at, LINE_ID, rowId, ServiceHarness } from '@plantops/testing';
import fc from 'fast-check';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let sensors: ServiceHarness;
let codes = 0;
/** A line whose plant is not announced. */
const elsewhere = aLine({ id: rowId(20), code: 'L2', plant_id: rowId(21) });

beforeAll(async () => {
  sensors = await ServiceHarness.start('sensors', start, readConfig);
  await sensors.announce(plantCreated, aPlant({ timezone: 'Pacific/Kiritimati' }));
  for (const line of [aLine(), elsewhere]) await sensors.announce(lineCreated, line);
  await sensors.settled();
});
afterAll(() => sensors.close());

const aSensor = async (line_id = LINE_ID) =>
  (
    await sensors.call(createSensor, {
      code: `T${(codes += 1)}`,
      line_id,
      name: 'Oven',
      unit: '°C',
      kind: 'temperature',
    })
  ).id;
type Point = { at: string; min: number; avg: number; max: number; count: number };

/** Computed one by one, without the database. */
const drawn = (readings: readonly Reading[], from: number, to: number, points: number): Point[] => {
  const width = Math.ceil(((to - from) * 1_000) / points);
  const inside = readings.filter((reading) => Date.parse(reading.at) >= from && Date.parse(reading.at) < to);
  const buckets = Map.groupBy(inside, (reading) => Math.floor(((Date.parse(reading.at) - from) * 1_000) / width));
  return [...buckets]
    .toSorted(([a], [b]) => a - b)
    .map(([bucket, of]) => {
      const values = of.map(({ value }) => value);
      return {
        at: new Date(from + Math.floor((bucket * width) / 1_000)).toISOString(),
        min: Math.min(...values),
        avg: values.reduce((sum, value) => sum + value, 0) / values.length,
        max: Math.max(...values),
        count: values.length,
      };
    });
};

describe('readings of a window', () => {
  test('are aggregated as a one-by-one computation would', async () => {
    let drawnPoints = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -5_000, max: 95_000 }), { minLength: 1, maxLength: 60 }),
        fc.nat(),
        fc.integer({ min: 1, max: 90_000 }),
        fc.integer({ min: 1, max: 2_000 }),
        async (anywhere, inside, span, points) => {
          // One at least lies in the window.
          const offsets = [...new Set([inside % span, ...anywhere])];
          const id = await aSensor();
          const since = Date.parse(at('08:00'));
          const readings = offsets.map((offset, index): Reading => ({
            at: new Date(since + offset).toISOString(),
            value: (index * 37) % 101,
            quality: index % 3 === 0 ? 'bad' : 'good',
          }));
          await sensors.call(logReadings, { id, readings });
          const answered = await sensors.call(getReadings, {
            id,
            from: at('08:00'),
            to: new Date(since + span).toISOString(),
            points,
          });
          const expected = drawn(readings, since, since + span, points);
          expect(answered.items.map(({ avg: _avg, ...point }) => point)).toEqual(
            expected.map(({ avg: _avg, ...point }) => point),
          );
          for (const [index, { avg }] of answered.items.entries())
            expect(avg).toBeCloseTo(expected[index]?.avg ?? Number.NaN, 9);
          drawnPoints += answered.items.length;
          expect(answered.bucket_seconds).toBe(span / 1_000 / points);
          expect(answered.items.length).toBeLessThanOrEqual(points);
        },
      ),
      { numRuns: 25 },
    );
    expect(drawnPoints).toBeGreaterThanOrEqual(25);
  });

  test('are those of the requested sensor only, in any month', async () => {
    const [id, other] = [await aSensor(), await aSensor()];
    const readings = ['2026-01-31T23:59:59.999Z', '2026-02-01T00:00:00.000Z'].map((when, value) => ({
      at: when,
      value,
    }));
    await sensors.call(logReadings, { id, readings });
    await sensors.call(logReadings, { id: other, readings: [{ at: '2026-01-31T12:00:00Z', value: 99 }] });
    const { items, unit } = await sensors.call(getReadings, {
      id,
      from: '2026-01-01T00:00:00Z',
      to: '2026-03-01T00:00:00Z',
      points: 1,
    });
    expect([unit, items]).toEqual(['°C', [{ at: '2026-01-01T00:00:00.000Z', min: 0, avg: 0.5, max: 1, count: 2 }]]);
    await expect(sensors.call(getReadings, { id }, { tenant: 'globex' })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('are those of today in the plant’s zone without a window; in UTC while the plant is not known', async () => {
    const asked = await sensors.call(getReadings, { id: await aSensor() });
    const now = Date.now();
    const midnight = (aheadHours: number) => {
      const ahead = aheadHours * 3_600_000;
      return new Date(Math.floor((now + ahead) / 86_400_000) * 86_400_000 - ahead).toISOString();
    };
    expect([asked.from, asked.bucket_seconds]).toEqual([midnight(14), 86_400 / 200]);
    expect((await sensors.call(getReadings, { id: await aSensor(elsewhere.id) })).from).toBe(midnight(0));
  });

  test('of more than 400 days, or in more than 2,000 points, are refused', async () => {
    const id = await aSensor();
    const window = { from: '2025-01-01T00:00:00Z', to: '2026-02-05T00:00:00Z' };
    expect((await sensors.call(getReadings, { id, ...window })).items).toEqual([]);
    await expect(sensors.call(getReadings, { id, ...window, to: '2026-02-05T00:00:01Z' })).rejects.toMatchObject({
      errors: [{ path: 'from' }],
    });
    await expect(sensors.call(getReadings, { id, points: 2_001 })).rejects.toMatchObject({
      errors: [{ path: 'points' }],
    });
  });
});
