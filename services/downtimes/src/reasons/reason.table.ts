import { p } from '@mikro-orm/core';
import type { ReasonRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const ReasonEntity = table<ReasonRow>()('reason', {
  code: p.text(),
  name: p.text(),
  category: p.text(),
  parent_code: p.text().nullable(),
  is_planned: p.boolean(),
  is_failure: p.boolean(),
  is_excluded: p.boolean(),
  is_unavoidable: p.boolean(),
  is_active: p.boolean(),
});
