import { defineEntity, p } from '@mikro-orm/postgresql';
import { rowProperties } from '@plantops/persistence';

export const Product = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    ...rowProperties,
    code: p.text(),
    name: p.text(),
    unit: p.text(),
    unit_cost: p.decimal(),
    salvage_value: p.decimal(),
    cost_basis: p.text(),
    material_cost: p.decimal().nullable(),
    versions: p.json(),
    rates: p.json(),
  },
});
