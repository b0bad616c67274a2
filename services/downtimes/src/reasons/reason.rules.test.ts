import { describe, expect, test } from '@jest/globals';
import { plannedByDefault, type Reason, type Reasons } from './reason.rules.ts';

const lunch: Reason = {
  category: 'break',
  is_planned: true,
  is_failure: false,
  is_excluded: false,
  is_unavoidable: false,
};
const treeWith = (reason: Partial<Reason>): Reasons => new Map([['lunch', { ...lunch, ...reason }]]);
const named = (reason_category: Reason['category'], reason_code: string | null) => ({ reason_category, reason_code });

describe('a stop without is_planned', () => {
  test('follows the tenant’s tree, both ways', () => {
    expect(plannedByDefault(named('break', 'lunch'), treeWith({ is_planned: false }))).toBe(false);
    expect(plannedByDefault(named('other', 'lunch'), treeWith({ category: 'other', is_planned: true }))).toBe(true);
  });

  test('follows its category if the tree does not have its reason', () => {
    const tree = treeWith({ is_planned: false });
    for (const reason_code of [null, 'dinner']) {
      expect(plannedByDefault(named('break', reason_code), tree)).toBe(true);
      expect(plannedByDefault(named('no_demand', reason_code), tree)).toBe(true);
      expect(plannedByDefault(named('mechanical', reason_code), tree)).toBe(false);
    }
  });
});
