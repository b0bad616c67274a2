import { describe, expect, test } from '@jest/globals';
import { livePast, pastBegins } from './past.rules.ts';

const HOUR = 3_600_000;
const at = (time: string) => Date.parse(time);

describe('the past of a demo plant', () => {
  test('begins at the last midnight of the plant, or four hours ago when that is later', () => {
    expect(pastBegins(at('2026-11-22T06:30:00Z'), 'America/New_York', 1)).toBe(at('2026-11-22T05:00:00Z'));
    expect(pastBegins(at('2026-11-22T20:00:00Z'), 'America/New_York', 1)).toBe(at('2026-11-22T16:00:00Z'));
    expect(pastBegins(at('2026-11-22T20:00:00Z'), 'Asia/Tokyo', 1)).toBe(at('2026-11-22T16:00:00Z'));
  });

  test('has fewer than 3,000 events for three lines, at any pace', () => {
    const now = at('2026-11-22T20:00:00Z');
    for (const pace of [0.1, 1, 5, 20, 60]) {
      const from = pastBegins(now, 'UTC', pace);
      for (let seed = 0; seed < 20; seed += 1) {
        const { happenings, life } = livePast(
          { code: 'FILL-1', ideal_cycle_seconds: 0.5, products: ['A'], pace },
          seed,
          from,
          now,
        );
        expect(happenings.length).toBeLessThan(1_000);
        expect(life.lived_until).toBe(from + Math.min((4 * HOUR) / Math.max(pace, 1), now - from));
      }
    }
  });
});
