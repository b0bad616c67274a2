import { Problem, type ProductCost, type ProductRow } from '@plantops/contracts';
import { changedFrom, inForce } from '../versions.rules.ts';

type Costs = Omit<ProductCost, 'valid_from'>;
const VERSIONED = ['unit_cost', 'salvage_value', 'cost_basis', 'material_cost'] as const;

/** What a scrapped unit still brings cannot be more than it cost. */
const sound = <C extends Costs>(costs: C): C => {
  if (costs.salvage_value > costs.unit_cost) throw Problem.field('salvage_value', `must be at most the unit_cost, ${costs.unit_cost}`);
  return costs;
};

/** The first version of a product's costs; it reaches back without limit. */
export const firstCosts = ({ unit_cost, salvage_value, cost_basis, material_cost }: Costs): ProductCost[] => [
  sound({ valid_from: null, unit_cost, salvage_value, cost_basis, material_cost }),
];

/** What a change does to a product: its costs hold from valid_from on; the row's own columns show those in force now. */
export const changeProduct = (
  product: ProductRow,
  fields: Partial<Costs> & { name?: string; unit?: string },
  validFrom: string,
  now: string,
): Partial<ProductRow> => {
  const costs = Object.fromEntries(
    VERSIONED.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]]])),
  ) as Partial<Costs>;
  if (Object.keys(costs).length === 0) return fields;
  const versions = changedFrom(product.versions, costs, validFrom).map(sound);
  const { valid_from: _, ...present } = inForce(versions, now);
  return { ...fields, ...present, versions };
};
