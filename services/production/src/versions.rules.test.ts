import { describe, expect, test } from '@jest/globals';
import { changedFrom, inForce } from './versions.rules.ts';

const first = { valid_from: null, hourly_cost: 100, cycle: 1 };
const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;

describe('versions', () => {
  test('a change from now on does not change any past instant', () => {
    const versions = changedFrom([first], { hourly_cost: 200 }, at(5));
    expect(inForce(versions, at(4)).hourly_cost).toBe(100);
    expect(inForce(versions, at(5)).hourly_cost).toBe(200);
  });

  test('a correction in the past changes the version in force then, and no later one', () => {
    const versions = changedFrom(changedFrom([first], { hourly_cost: 200 }, at(5)), { cycle: 2 }, at(3));
    expect(versions.map(({ valid_from, hourly_cost, cycle }) => [valid_from, hourly_cost, cycle])).toEqual([
      [null, 100, 1],
      [at(3), 100, 2],
      [at(5), 200, 1],
    ]);
  });

  test('the first version is in force without a start', () => {
    expect(inForce([first], '1970-01-01T00:00:00.000Z')).toBe(first);
  });

  test('two changes for one instant are one version', () => {
    const versions = changedFrom(changedFrom([first], { hourly_cost: 200 }, at(5)), { hourly_cost: 300 }, at(5));
    expect(versions).toHaveLength(2);
    expect(inForce(versions, at(6)).hourly_cost).toBe(300);
  });
});
