import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Sum } from '../projections/kept-sums.rules.ts';
import { byCategory, byDay, byReason, scrapCosts, topLines, type StopPart } from './breakdown.rules.ts';

const aSum = (fields: Partial<Sum> = {}): Sum => ({
  category: 'downtime_loss',
  line_id: 'a',
  business_date: null,
  source_type: null,
  rule: null,
  total: '10',
  avoidable: '10',
  count: 1,
  ...fields,
});

describe('by category', () => {
  const anySums = fc.array(
    fc.record({
      category: fc.constantFrom('downtime_loss' as const, 'speed_loss' as const, 'scrap_loss' as const),
      cents: fc.nat(1_000_000),
    }),
    { minLength: 1 },
  );

  test('is ranked by money, and its shares add up to exactly 100', () => {
    fc.assert(
      fc.property(anySums, fc.constantFrom(0 as const, 2 as const), (sums, decimals) => {
        const groups = byCategory(
          sums.map(({ category, cents }) => aSum({ category, total: String(cents / 100) })),
          decimals,
        );
        expect(groups.map(({ total }) => total)).toEqual(groups.map(({ total }) => total).toSorted((a, b) => b - a));
        const percent = groups.reduce((sum, { percentage }) => sum + Math.round((percentage ?? 0) * 100), 0);
        expect(percent).toBe(groups.some(({ total }) => total > 0) ? 10_000 : 0);
      }),
    );
  });

  test('leaves out what was reversed altogether, but not what costs nothing', () => {
    const reversed = aSum({ category: 'speed_loss', total: '0', count: 0 });
    const free = aSum({ category: 'yield_loss', total: '0', count: 1 });
    expect(byCategory([aSum(), reversed, free], 2).map(({ category }) => category)).toEqual([
      'downtime_loss',
      'yield_loss',
    ]);
  });
});

test('the top lines are five, as shares of the total of all lines', () => {
  const sums = [5, 40, 15, 10, 20, 10].map((total, index) => aSum({ line_id: `line ${index}`, total: String(total) }));
  const lines = topLines(sums, (id) => id.toUpperCase(), 0);
  expect(lines.map(({ line_name, percentage }) => [line_name, percentage])).toEqual([
    ['LINE 1', 40],
    ['LINE 4', 20],
    ['LINE 2', 15],
    ['LINE 3', 10],
    ['LINE 5', 10],
  ]);
});

test('by day is in the order of days', () => {
  const sums = ['2026-03-03', '2026-03-02', '2026-03-03'].map((business_date) => aSum({ business_date }));
  expect(byDay(sums)).toEqual([
    { business_date: '2026-03-02', total: 10 },
    { business_date: '2026-03-03', total: 20 },
  ]);
});

test('scrap costs are those of scrap events, of rejects and of rework', () => {
  const sums = [
    aSum({ source_type: 'scrap' }),
    aSum({ rule: 'unexplained_reject' }),
    aSum({ rule: 'rework' }),
    aSum({ rule: 'stop' }),
    aSum(),
  ];
  expect(scrapCosts(sums)).toEqual(sums.slice(0, 3));
});

describe('by reason', () => {
  const part = (stop_id: string, reason_code: string | null, minutes: number, starts = true): StopPart => ({
    stop_id,
    reason_category: 'mechanical',
    reason_code,
    ms: minutes * 60_000,
    starts,
  });
  const parts = [part('1', 'belt', 10), part('1', 'belt', 5), part('2', 'belt', 5, false), part('3', null, 20)];
  const costs = new Map([
    ['1', '30.00'],
    ['2', '5.00'],
  ]);

  test('minutes are those of all parts, a stop counts once and where it starts, and costs are paid once', () => {
    expect(byReason(parts, costs, 'cost_usd')).toEqual([
      {
        reason_category: 'mechanical',
        reason_code: 'belt',
        minutes: 20,
        count: 1,
        cost_usd: 35,
        percentage: 100,
        cumulative_percentage: 100,
      },
      {
        reason_category: 'mechanical',
        reason_code: null,
        minutes: 20,
        count: 1,
        cost_usd: 0,
        percentage: 0,
        cumulative_percentage: 100,
      },
    ]);
  });

  test('running shares end at 100, whatever it is ranked by', () => {
    for (const rankBy of ['minutes', 'count', 'cost_usd'] as const)
      expect(byReason(parts, costs, rankBy).at(-1)?.cumulative_percentage).toBe(100);
    expect(byReason([], costs, 'minutes')).toEqual([]);
  });

  test('shares of nothing are undefined', () => {
    expect(byReason([part('1', 'belt', 0, false)], new Map(), 'count')).toMatchObject([
      { percentage: null, cumulative_percentage: null },
    ]);
  });
});
