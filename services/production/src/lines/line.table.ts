import { p } from '@mikro-orm/core';
import type { LineRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const Line = table<LineRow>()('line', {
  code: p.text(),
  plant_id: p.uuid(),
  name: p.text(),
  is_active: p.boolean(),
  hourly_cost: p.decimal(),
  ideal_cycle_seconds: p.decimal(),
  target_oee: p.decimal().nullable(),
  micro_stop_seconds: p.integer(),
  late_unit_seconds: p.integer(),
  ignore_stop_seconds: p.integer(),
  units_end_stops: p.boolean(),
  silence_seconds: p.integer().nullable(),
  state_map: p.json().nullable(),
  counter_modulus: p.decimal().nullable(),
  units_per_pulse: p.decimal(),
  count_basis: p.text(),
  versions: p.json(),
});
