import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Problem, type ProductRow } from '@plantops/contracts';
import { changeRow, type Tx } from '@plantops/persistence';
import { noteCorrection } from '../units/correct-units.ts';
import { hasQuantities } from '../units/has-quantities.ts';
import { changesUnits } from '../units/units.rules.ts';
import { changeProduct } from './product.rules.ts';
import { Product } from './product.table.ts';

export const updateProduct = command(
  contracts.updateProduct,
  () =>
    ({ id, valid_from, ...fields }, work) =>
      changeRow(work, Product, id, contracts.productUpdated, async (product) => {
        await refuseOtherUnit(work.tx, product, fields.unit);
        const changes = changeProduct(product, fields, valid_from ?? work.at, work.at);
        if (changesUnits(product, changes)) await noteCorrection(work.tx, id, work.call.actor);
        return changes;
      }),
);

/** Quantities that were given without a unit would mean something else in another one. */
async function refuseOtherUnit(tx: Tx, { id, unit }: ProductRow, other: string | undefined): Promise<void> {
  if (other === undefined || other === unit || !(await hasQuantities(tx, id))) return;
  throw Problem.field(
    'unit',
    `must stay ${unit}, the unit of the product's batches, counts and scrap: add ${other} to units, or make a new product`,
  );
}
