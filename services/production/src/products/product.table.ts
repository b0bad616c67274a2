import { p } from '@mikro-orm/core';
import type { ProductRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const Product = table<ProductRow>()('product', {
  code: p.text(),
  name: p.text(),
  unit: p.text(),
  units: p.json(),
  unit_cost: p.decimal().fieldName('exact_unit_cost'),
  salvage_value: p.decimal().fieldName('exact_salvage_value'),
  cost_basis: p.text(),
  material_cost: p.decimal().nullable().fieldName('exact_material_cost'),
  versions: p.json(),
  rates: p.json(),
});
