import { describe, expect, test } from '@jest/globals';
import { scrapSpike, type ClosedPoint } from '../index.ts';

const past = (length: number, d = 5, alerted = false): ClosedPoint[] =>
  Array.from({ length }, () => ({ n: 100, d, alerted }));

describe('scrap spike at a mean of 5 %', () => {
  test('n 200: limit 9.6233 %, 20 rejects alert, 19 do not', () => {
    const spike = scrapSpike(past(30), { n: 200, d: 20 });
    expect(spike?.limit.toFixed(6)).toBe('0.096233');
    expect(spike).toMatchObject({ mean: 0.05, value: 0.1, is_spike: true });
    expect(scrapSpike(past(30), { n: 200, d: 19 })?.is_spike).toBe(false);
  });

  test('n 50: limit 14.2466 %, 8 rejects alert, 7 do not', () => {
    expect(scrapSpike(past(30), { n: 50, d: 8 })?.limit.toFixed(6)).toBe('0.142466');
    expect(scrapSpike(past(30), { n: '50', d: '8' })?.is_spike).toBe(true);
    expect(scrapSpike(past(30), { n: 50, d: 7 })?.is_spike).toBe(false);
  });

  test('needs five rejects', () => {
    expect(scrapSpike(past(30, 0), { n: 4, d: 4 })?.is_spike).toBe(false);
    expect(scrapSpike(past(30, 0), { n: 5, d: 5 })?.is_spike).toBe(true);
  });

  test('needs 20 closed hours without an alert', () => {
    expect(scrapSpike(past(19), { n: 200, d: 20 })).toBeNull();
    expect(scrapSpike([...past(19), ...past(5, 50, true)], { n: 200, d: 20 })).toBeNull();
    expect(scrapSpike([...past(20), ...past(5, 50, true)], { n: 200, d: 20 })?.mean).toBe(0.05);
    expect(scrapSpike(past(20), { n: 0, d: 0 })).toBeNull();
  });

  test('uses the last 30 hours', () => {
    expect(scrapSpike([...past(10, 50), ...past(30)], { n: 200, d: 20 })?.mean).toBe(0.05);
  });
});
