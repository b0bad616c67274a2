import { p } from '@mikro-orm/core';
import type { CountRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const UnitCount = table<CountRow>()('unit_count', {
  line_id: p.uuid(),
  batch_id: p.uuid().nullable(),
  batch_number: p.text().nullable(),
  product_id: p.uuid().nullable(),
  at: p.datetime(),
  good: p.decimal(),
  reject: p.decimal(),
  given_good: p.decimal().nullable(),
  given_reject: p.decimal().nullable(),
  given_unit: p.text().nullable(),
  voided_at: p.datetime().nullable(),
  void_reason: p.text().nullable(),
});
