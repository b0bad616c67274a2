import { expect, test } from '@jest/globals';
import { figureOf, rowOf, type Run } from './figures.ts';

const run = (count: number, seconds: number, cpu: Record<string, number>, failed = 0): Run => ({
  count,
  failed,
  seconds,
  cpu: new Map(Object.entries(cpu)),
});

test('a figure weighs its runs by their requests, and counts every process and every failure', () => {
  const runs = [run(100, 1, { gateway: 0.1 }), run(300, 1, { gateway: 0.1, postgres: 0.2 }, 2)];
  expect(figureOf(runs)).toEqual({
    count: 400,
    failed: 2,
    per_second: 200,
    cpu_ms: 1,
    cpu_ms_by_process: { gateway: 0.5, postgres: 0.5 },
  });
});

test('half as many requests in the same time are a ratio of 0.5, twice the processor time is one of 2', () => {
  const name = { bench: 'requests', what: 'GET', connections: 1, rows: 10, compared_with: 'floor' } as const;
  const row = rowOf(name, [run(50, 1, { gateway: 0.2 })], [run(100, 1, { floor: 0.2 })]);
  expect([row.ratio, row.cpu_ratio]).toEqual([0.5, 2]);
});
