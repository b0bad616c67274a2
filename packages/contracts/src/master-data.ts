/** Production's master data: plants, lines and products, with what they cost and from when on. */
import { z } from 'zod';
import { eventsOf, operationsOf } from './contract.ts';
import {
  byId,
  code,
  cycleSeconds,
  id,
  inQuery,
  instant,
  listInput,
  listOutput,
  money,
  name,
  ratio,
  reference,
  rowFields,
  text,
} from './values.ts';

const { reads, writes } = operationsOf('production');
const { master } = eventsOf('production');

const isTimeZone = (zone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone }).format();
    return true;
  } catch {
    return false;
  }
};
const timezone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z]/, 'must be an IANA time zone, as America/New_York')
  .refine(isTimeZone, 'must be an IANA time zone, as America/New_York');

// ---- plants
export const plantRow = z.object({ ...rowFields, code, name, timezone, address: z.string().nullable() });
export type PlantRow = z.infer<typeof plantRow>;
const plantFields = { code, name, timezone, address: text.nullable().optional() };

export const createPlant = writes({
  name: 'create-plant',
  role: 'admin',
  summary: 'Add a plant',
  input: z.strictObject(plantFields),
  output: plantRow,
  problems: ['already_exists'],
});
export const updatePlant = writes({
  name: 'update-plant',
  role: 'admin',
  summary: 'Change the fields named',
  output: plantRow,
  problems: ['not_found', 'already_exists', 'stale_version'],
  input: z.strictObject({
    id,
    code: code.optional(),
    name: name.optional(),
    timezone: timezone.optional(),
    address: text.nullable().optional(),
  }),
});
export const getPlant = reads({
  name: 'get-plant',
  role: 'viewer',
  summary: 'One plant',
  input: byId,
  output: plantRow,
  problems: ['not_found'],
});
export const listPlants = reads({
  name: 'list-plants',
  role: 'viewer',
  summary: 'Plants',
  input: listInput({}, ['created_at']),
  output: listOutput(plantRow),
});

export const plantCreated = master('plant.created', plantRow, 'A plant was added');
export const plantUpdated = master('plant.updated', plantRow, 'A plant changed');

// ---- lines
/** What a line costs and how fast it is, from a moment on. The first version (valid_from null) reaches back without limit. */
export const linePrice = z.object({
  valid_from: instant.nullable(),
  hourly_cost: money,
  ideal_cycle_seconds: cycleSeconds,
  micro_stop_seconds: z.int(),
});
export type LinePrice = z.infer<typeof linePrice>;
const microStopSeconds = z.int().min(0).max(86_400);
export const lineRow = z.object({
  ...rowFields,
  code,
  plant_id: id,
  name,
  is_active: z.boolean(),
  hourly_cost: money,
  ideal_cycle_seconds: cycleSeconds,
  target_oee: ratio.nullable(),
  micro_stop_seconds: z.int(),
  versions: z.array(linePrice),
});
export type LineRow = z.infer<typeof lineRow>;
const lineFields = {
  name,
  is_active: z.boolean(),
  hourly_cost: money,
  ideal_cycle_seconds: cycleSeconds,
  target_oee: ratio.nullable(),
  micro_stop_seconds: microStopSeconds,
};

export const createLine = writes({
  name: 'create-line',
  role: 'engineer',
  summary: 'Add a line',
  output: lineRow,
  problems: ['already_exists'],
  input: z.strictObject({
    code,
    plant_id: id,
    name,
    hourly_cost: money,
    is_active: z.boolean().default(true),
    ideal_cycle_seconds: cycleSeconds,
    target_oee: ratio.nullable().default(null),
    micro_stop_seconds: microStopSeconds.default(300),
  }),
});
export const updateLine = writes({
  name: 'update-line',
  role: 'engineer',
  summary: 'Change the fields named; costs, cycle and threshold from valid_from on (default now)',
  output: lineRow,
  problems: ['not_found', 'stale_version'],
  input: z.strictObject({ id, ...z.object(lineFields).partial().shape, valid_from: instant.optional() }),
});
export const getLine = reads({
  name: 'get-line',
  role: 'viewer',
  summary: 'One line',
  input: byId,
  output: lineRow,
  problems: ['not_found'],
});
export const listLines = reads({
  name: 'list-lines',
  role: 'viewer',
  summary: 'Lines',
  output: listOutput(lineRow),
  input: listInput({ plant_id: id.optional(), is_active: inQuery.flag.optional() }, ['created_at']),
});

export const lineCreated = master('line.created', lineRow, 'A line was added');
export const lineUpdated = master('line.updated', lineRow, 'A line changed');

// ---- products
/** What a unit costs, from a moment on. The first version (valid_from null) reaches back without limit. */
export const productCost = z.object({
  valid_from: instant.nullable(),
  unit_cost: money,
  salvage_value: money,
  cost_basis: z.enum(['full', 'material']),
  material_cost: money.nullable(),
});
export type ProductCost = z.infer<typeof productCost>;
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
  input: listInput({}, ['created_at']),
  output: listOutput(productRow),
});

export const productCreated = master('product.created', productRow, 'A product was added');
export const productUpdated = master('product.updated', productRow, 'A product changed');
