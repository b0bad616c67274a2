import { p } from '@mikro-orm/core';
import type { ScrapRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const ScrapEvent = table<ScrapRow>()('scrap_event', {
  line_id: p.uuid(),
  batch_id: p.uuid().nullable(),
  batch_number: p.text().nullable(),
  product_id: p.uuid().nullable(),
  at: p.datetime(),
  quantity: p.decimal(),
  unit: p.text(),
  given_quantity: p.decimal().nullable(),
  given_unit: p.text().nullable(),
  given_unit_cost: p.decimal().nullable(),
  reason_code: p.text().nullable(),
  reason_category: p.text().nullable(),
  disposition: p.text(),
  phase: p.text(),
  unit_cost: p.decimal().nullable().fieldName('exact_unit_cost'),
  reported_by: p.text().nullable(),
  note: p.text().nullable(),
  voided_at: p.datetime().nullable(),
  void_reason: p.text().nullable(),
});
