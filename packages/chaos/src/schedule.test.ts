import { describe, expect, test } from '@jest/globals';
import { describeFault, faultKinds, scheduleOf } from './schedule.ts';

const MINUTES = 30;

describe('the faults of a run', () => {
  test('the same seed gives the same faults, another seed gives others', () => {
    expect(scheduleOf(7, 120)).toEqual(scheduleOf(7, 120));
    expect(scheduleOf(8, 120)).not.toEqual(scheduleOf(7, 120));
  });

  test('a fault occurs every one to three seconds, and the last one ends before the run does', () => {
    const faults = scheduleOf(1, 60 * MINUTES).filter(({ deed }) => !['F5', 'F6'].includes(deed.kind));
    const gaps = faults.slice(1).map(({ at_ms }, index) => at_ms - (faults[index]?.at_ms ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(3_000);
    expect(faults.every(({ at_ms, deed }) => at_ms + ('ms' in deed ? deed.ms : 0) < 60_000 * MINUTES)).toBe(true);
  });

  test('a long run has every kind; a power loss and a full disk occur twice', () => {
    const kinds = scheduleOf(3, 60 * MINUTES).map(({ deed }) => deed.kind);
    expect(new Set(kinds)).toEqual(new Set(faultKinds));
    expect(kinds.filter((kind) => kind === 'F5')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'F6')).toHaveLength(2);
    for (const rare of ['F5', 'F6']) expect(scheduleOf(3, 60).filter(({ deed }) => deed.kind === rare)).toHaveLength(1);
  });

  test('kinds that are excluded do not occur', () => {
    const kinds = scheduleOf(5, 600, ['F1', 'F12']).map(({ deed }) => deed.kind);
    expect(new Set(kinds)).toEqual(new Set(['F1', 'F12']));
  });

  test('a fault is printed with its time, kind and target', () => {
    const fault = { at_ms: 2_500, deed: { kind: 'F2', target: { service: 'trials', copy: 2 }, ms: 1_200 } } as const;
    expect(describeFault(fault)).toBe('   2.5 s  F2  trials/2 1200 ms');
  });
});
