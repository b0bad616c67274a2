import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { addRow } from '@plantops/persistence';
import { checkUnits } from '../units/units.rules.ts';
import { firstCosts } from './product.rules.ts';
import { Product } from './product.table.ts';

export const createProduct = command(contracts.createProduct, () => (input, work) => {
  checkUnits(input);
  return addRow(work, Product, { ...input, versions: firstCosts(input), rates: [] }, contracts.productCreated);
});
