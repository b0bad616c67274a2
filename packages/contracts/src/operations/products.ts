/** Products: what a unit costs and how fast each line makes it, and from when on. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, changeFields, field, listInput, listOutput, rowFields, stored, validFrom, versions } from '../fields.ts';
import { money, printableCode, unitFactor } from '../values.ts';

const { reads, writes } = operationsOf('production');
const { master } = eventsOf('production');

const code = printableCode.describe('What other systems call it. It is unique among products.');
const costFields = {
  unit_cost: field.unit_cost,
  salvage_value: money.describe('The value recovered from a scrapped unit, US dollars, at most its unit_cost.'),
  cost_basis: z
    .enum(['full', 'material'])
    .describe(
      'full: unit_cost holds machine time already; material: it does not, and a reject pays its machine time too.',
    ),
  material_cost: money
    .nullable()
    .describe('The material in a unit, US dollars: the price of lost material; null: unit_cost.'),
};
const MOST_OTHER_UNITS = 20;
const productUnit = z.strictObject({
  unit: field.unit.describe('Another unit that quantities of the product are reported in, as bottle.'),
  factor: unitFactor.describe("How many of the product's own unit one of it is: a number, or a fraction as 1/6."),
});
const units = z
  .array(productUnit)
  .max(MOST_OTHER_UNITS)
  .describe('The other units of the product. A corrected factor also converts again what is stored.');
/** What a unit costs, from a moment on. The first version (valid_from null) reaches back without limit. */
export const productCost = z.object({ valid_from: validFrom.nullable(), ...costFields }).meta({ id: 'ProductCost' });
export type ProductCost = z.infer<typeof productCost>;
/**
 * The ideal cycle of a product on a line, from a moment on; null: that of the line again. The first one reaches back
 * without limit.
 */
export const productRate = z
  .object({
    line_id: field.line_id,
    valid_from: validFrom.nullable(),
    ideal_cycle_seconds: field.ideal_cycle_seconds.nullable(),
  })
  .meta({ id: 'ProductRate' });
export type ProductRate = z.infer<typeof productRate>;
export const productRow = z
  .object({
    ...rowFields,
    code: stored(code),
    name: field.name,
    unit: stored(field.unit),
    units: z
      .array(z.object({ unit: stored(productUnit.shape.unit), factor: productUnit.shape.factor }))
      .describe('The other units of the product, each with how many of its own unit one of it is.'),
    ...costFields,
    versions: versions(productCost),
    rates: z.array(productRate).describe('The ideal speed of the product on each line, by line and valid_from.'),
  })
  .meta({ id: 'Product' });
export type ProductRow = z.infer<typeof productRow>;

export const createProduct = writes({
  name: 'create-product',
  role: 'engineer',
  summary: 'Add a product',
  output: productRow,
  problems: ['already_exists'],
  input: z.strictObject({
    code,
    name: field.name,
    unit: field.unit.default('ea'),
    units: units.default([]),
    unit_cost: costFields.unit_cost,
    salvage_value: costFields.salvage_value.default(0),
    cost_basis: costFields.cost_basis.default('full'),
    material_cost: costFields.material_cost.default(null),
  }),
});
export const updateProduct = writes({
  name: 'update-product',
  role: 'engineer',
  summary: 'Change the fields named; costs from valid_from on (default now)',
  output: productRow,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    name: field.name.optional(),
    unit: field.unit
      .describe('The unit of its quantities. It stays once the product has a batch, a count or scrap.')
      .optional(),
    units: units.optional(),
    ...z.object(costFields).partial().shape,
    valid_from: validFrom.optional(),
  }),
});
export const setRate = writes({
  name: 'set-rate',
  role: 'engineer',
  summary: 'Set how fast a line ideally makes a product, from valid_from on (default now)',
  output: productRow,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({
    id: field.id,
    line_id: field.line_id,
    ideal_cycle_seconds: field.ideal_cycle_seconds.nullable(),
    valid_from: validFrom.optional(),
  }),
});
export const getProduct = reads({
  name: 'get-product',
  role: 'viewer',
  summary: 'One product',
  input: byId,
  output: productRow,
  problems: ['not_found'],
});
export const listProducts = reads({
  name: 'list-products',
  role: 'viewer',
  summary: 'Products',
  input: listInput({ code: code.optional(), ...changeFields }, ['created_at']),
  output: listOutput(productRow),
});

export const productCreated = master('product.created', productRow, 'A product was added');
export const productUpdated = master('product.updated', productRow, 'A product changed');
