import { Problem, type ProductCost, type ProductRate, type ProductRow } from '@plantops/contracts';
import { checkUnits } from '../units/units.rules.ts';
import { changedFrom, inForce } from '../versions.rules.ts';

type Costs = Omit<ProductCost, 'valid_from'>;
const VERSIONED = ['unit_cost', 'salvage_value', 'cost_basis', 'material_cost'] as const;

/** The recovery of a scrapped unit cannot be more than its cost. */
const sound = <C extends Costs>(costs: C): C => {
  if (costs.salvage_value > costs.unit_cost)
    throw Problem.field('salvage_value', `must be at most the unit_cost, ${costs.unit_cost}`);
  return costs;
};

/** The first version of a product's costs, in force without a start. */
export const firstCosts = ({ unit_cost, salvage_value, cost_basis, material_cost }: Costs): ProductCost[] => [
  sound({ valid_from: null, unit_cost, salvage_value, cost_basis, material_cost }),
];

/** The product after a change: its costs are in force from valid_from; the row's own columns show the present ones. */
export const changeProduct = (
  product: ProductRow,
  fields: Partial<Costs> & Partial<Pick<ProductRow, 'name' | 'unit' | 'units'>>,
  validFrom: string,
  now: string,
): Partial<ProductRow> => {
  checkUnits({ ...product, ...fields });
  const costs = Object.fromEntries(
    VERSIONED.flatMap((field) => (fields[field] === undefined ? [] : [[field, fields[field]]])),
  ) as Partial<Costs>;
  if (Object.keys(costs).length === 0) return fields;
  const versions = changedFrom(product.versions, costs, validFrom).map(sound);
  const { valid_from: _, ...present } = inForce(versions, now);
  return { ...fields, ...present, versions };
};

const MOST_RATES = 1_000;

/**
 * The product's rates with one more: the first one of a line is in force without a start, later ones from valid_from.
 */
export const withRate = (
  rates: readonly ProductRate[],
  { line_id, ideal_cycle_seconds }: Omit<ProductRate, 'valid_from'>,
  validFrom: string,
): ProductRate[] => {
  const first = rates.every((rate) => rate.line_id !== line_id);
  const rate = { line_id, valid_from: first ? null : validFrom, ideal_cycle_seconds };
  const others = rates.filter((other) => other.line_id !== line_id || other.valid_from !== rate.valid_from);
  if (others.length >= MOST_RATES)
    throw Problem.field('line_id', `the product has ${MOST_RATES} rates already, the most that are kept`);
  return [...others, rate].sort(
    (a, b) => a.line_id.localeCompare(b.line_id) || (a.valid_from ?? '').localeCompare(b.valid_from ?? ''),
  );
};
