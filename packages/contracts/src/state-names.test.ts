import { describe, expect, test } from '@jest/globals';
import { meaningsOf, stateKey, stateMap, stateName } from './state-names.ts';

const meaning = (map: Parameters<typeof meaningsOf>[0], name: string) => meaningsOf(map).get(stateKey(name));

describe('the names of states', () => {
  test('of PlantOps are known on every line; those of PackML, in words and by number, where the line says so', () => {
    expect(meaning(null, 'running')).toEqual({ state: 'running' });
    expect(meaning(null, 'Execute')).toBeUndefined();
    const packml = { standard: 'packml' as const };
    for (const name of ['Execute', 'EXECUTE', ' execute ', '6'])
      expect(meaning(packml, name)).toEqual({ state: 'running' });
    expect(meaning(packml, 'Held')).toEqual({ state: 'stopped' });
    expect(meaning(packml, '5')).toEqual({ state: 'starved' });
    expect(meaning(packml, 'planned_stop')).toEqual({ state: 'planned_stop' });
  });

  test('of a plant win over those of the standard', () => {
    const states = { held: { state: 'blocked' as const, reason_code: 'full' }, '40': { state: 'changeover' as const } };
    expect(meaning({ standard: 'packml', states }, 'Held')).toEqual({ state: 'blocked', reason_code: 'full' });
    expect(meaning({ states }, '40')).toEqual({ state: 'changeover' });
    expect(meaning({ states }, '6')).toBeUndefined();
  });

  test('are words or whole numbers, at most 200 of them', () => {
    expect(stateName.parse(6)).toBe('6');
    for (const name of ['', -1, 1.5, 'x'.repeat(65), null]) expect(stateName.safeParse(name).success).toBe(false);
    const names = (count: number) => ({
      states: Object.fromEntries(Array.from({ length: count }, (_, n) => [`s${n}`, { state: 'stopped' }])),
    });
    expect(stateMap.safeParse(names(200)).success).toBe(true);
    expect(stateMap.safeParse(names(201)).success).toBe(false);
    expect(stateMap.safeParse({ states: { held: { state: 'broken' } } }).success).toBe(false);
  });
});
