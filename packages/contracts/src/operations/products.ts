/** Products: what a unit costs and how fast it is made where, from when on. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, code, cycleSeconds, id, instant, listInput, listOutput, money, name, reference, rowFields } from '../values.ts';

const { reads, writes } = operationsOf('production');
const { master } = eventsOf('production');

/** What a unit costs, from a moment on. The first version (valid_from null) reaches back without limit. */
export const productCost = z.object({
  valid_from: instant.nullable(),
  unit_cost: money,
  salvage_value: money,
  cost_basis: z.enum(['full', 'material']),
  material_cost: money.nullable(),
});
export type ProductCost = z.infer<typeof productCost>;
/** The ideal cycle of a product on a line, from a moment on; null: the line's own again. The first of a line reaches back without limit. */
export const productRate = z.object({ line_id: id, valid_from: instant.nullable(), ideal_cycle_seconds: cycleSeconds.nullable() });
export type ProductRate = z.infer<typeof productRate>;
export const productRow = z.object({
  ...rowFields,
  code,
  name,
  unit: z.string(),
  unit_cost: money,
  salvage_value: money,
  cost_basis: z.enum(['full', 'material']),
  material_cost: money.nullable(),
  versions: z.array(productCost),
  rates: z.array(productRate),
});
export type ProductRow = z.infer<typeof productRow>;
const costBasis = z.enum(['full', 'material']);

export const createProduct = writes({
  name: 'create-product',
  role: 'engineer',
  summary: 'Add a product',
  output: productRow,
  problems: ['already_exists'],
  input: z.strictObject({
    code,
    name,
    unit: reference.default('ea'),
    unit_cost: money,
    salvage_value: money.default(0),
    cost_basis: costBasis.default('full'),
    material_cost: money.nullable().default(null),
  }),
});
export const updateProduct = writes({
  name: 'update-product',
  role: 'engineer',
  summary: 'Change the fields named; costs from valid_from on (default now)',
  output: productRow,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({
    id,
    name: name.optional(),
    unit: reference.optional(),
    unit_cost: money.optional(),
    salvage_value: money.optional(),
    cost_basis: costBasis.optional(),
    material_cost: money.nullable().optional(),
    valid_from: instant.optional(),
  }),
});
export const setRate = writes({
  name: 'set-rate',
  role: 'engineer',
  summary: 'Say how fast a line ideally makes a product, from valid_from on (default now)',
  output: productRow,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({ id, line_id: id, ideal_cycle_seconds: cycleSeconds.nullable(), valid_from: instant.optional() }),
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
  input: listInput({ code: code.optional() }, ['created_at']),
  output: listOutput(productRow),
});

export const productCreated = master('product.created', productRow, 'A product was added');
export const productUpdated = master('product.updated', productRow, 'A product changed');
