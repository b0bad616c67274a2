import { p } from '@mikro-orm/core';
import type { ProductRow } from '@plantops/contracts';
import { table } from '@plantops/persistence';

export const Product = table<ProductRow>()('product', {
  code: p.text(),
  name: p.text(),
  unit: p.text(),
  unit_cost: p.decimal(),
  salvage_value: p.decimal(),
  cost_basis: p.text(),
  material_cost: p.decimal().nullable(),
  versions: p.json(),
  rates: p.json(),
});
