import { p } from '@mikro-orm/core';
import type { BatchRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const Batch = table<BatchRow>()('batch', {
  batch_number: p.text(),
  line_id: p.uuid(),
  product_id: p.uuid().nullable(),
  planned_quantity: p.decimal().nullable(),
  planned_start: p.datetime().nullable(),
  planned_end: p.datetime().nullable(),
  status: p.text(),
  started_at: p.datetime().nullable(),
  completed_at: p.datetime().nullable(),
  cancelled_at: p.datetime().nullable(),
  cancellation_reason: p.text().nullable(),
  runs: p.json().nullable(),
  interrupted: p.boolean(),
  cut_at: p.datetime().nullable(),
  good_count: p.decimal().nullable(),
  scrap_count: p.decimal().nullable(),
  startup_scrap_count: p.decimal().nullable(),
  rework_count: p.decimal().nullable(),
  material_input: p.decimal().nullable(),
  given: p.json(),
  operator: p.text().nullable(),
  notes: p.text().nullable(),
});
