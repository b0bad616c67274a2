/** What a reason means for the time of its stop. If the tenant's tree does not have it, its category decides. */
import { Problem, type ReasonCategory, type ReasonRow, type setReasons } from '@plantops/contracts';
import type { z } from 'zod';

export type Reason = Pick<ReasonRow, 'category' | 'is_planned' | 'is_failure' | 'is_excluded' | 'is_unavoidable'>;
export type Reasons = ReadonlyMap<string, Reason>;
type Named = { readonly reason_category: ReasonCategory; readonly reason_code: string | null };
type Item = z.infer<typeof setReasons.input>['items'][number];
type ListedReason = Pick<ReasonRow, 'code' | 'name' | 'parent_code' | 'is_active'> & Reason;

const PLANNED: ReadonlySet<ReasonCategory> = new Set(['break', 'no_demand']);
const FAILURES: ReadonlySet<ReasonCategory> = new Set(['mechanical', 'electrical', 'controls']);
const UNAVOIDABLE: ReadonlySet<ReasonCategory> = new Set(['changeover', 'safety', 'utilities']);

/**
 * Whether a stop is planned by default: as its reason says, otherwise breaks and missing demand (ISO 22400 planned
 * down time).
 */
export const plannedByDefault = ({ reason_category, reason_code }: Named, reasons: Reasons): boolean =>
  reasons.get(reason_code ?? '')?.is_planned ?? PLANNED.has(reason_category);

/** The other flags that a stop gets from its reason. */
export const flagsOf = ({ reason_category, reason_code }: Named, reasons: Reasons) => {
  const reason = reasons.get(reason_code ?? '');
  return {
    is_excluded: reason?.is_excluded ?? false,
    is_failure: reason?.is_failure ?? FAILURES.has(reason_category),
    is_unavoidable: reason?.is_unavoidable ?? UNAVOIDABLE.has(reason_category),
  };
};

/** The whole tree to store, with missing flags filled in from the categories. Refuses items that form no tree. */
export const treeOf = (items: readonly Item[]): ListedReason[] => {
  const byCode = new Map<string, Item>();
  for (const [index, item] of items.entries()) {
    if (byCode.has(item.code)) throw Problem.field(`items.${index}.code`, `${item.code} is named twice`);
    byCode.set(item.code, item);
  }
  for (const [index, { code, parent_code }] of items.entries()) {
    if (parent_code === null) continue;
    if (!byCode.has(parent_code))
      throw Problem.field(`items.${index}.parent_code`, `${parent_code} is not one of the reasons`);
    if (leadsBack(code, byCode)) throw Problem.field(`items.${index}.parent_code`, 'leads back to the reason itself');
  }
  return items.map(({ is_planned, is_failure, is_unavoidable, ...item }) => ({
    ...item,
    is_planned: is_planned ?? PLANNED.has(item.category),
    is_failure: is_failure ?? FAILURES.has(item.category),
    is_unavoidable: is_unavoidable ?? UNAVOIDABLE.has(item.category),
    is_active: true,
  }));
};

const leadsBack = (code: string, byCode: ReadonlyMap<string, Item>): boolean => {
  let parent = byCode.get(code)?.parent_code ?? null;
  for (let steps = 0; parent !== null && steps <= byCode.size; steps += 1) {
    if (parent === code) return true;
    parent = byCode.get(parent)?.parent_code ?? null;
  }
  return false;
};
