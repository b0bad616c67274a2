import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { noteCorrection } from '../units/correct-units.ts';
import { changesUnits } from '../units/units.rules.ts';
import { changeProduct } from './product.rules.ts';
import { Product } from './product.table.ts';

export const updateProduct = command(
  contracts.updateProduct,
  () =>
    ({ id, valid_from, ...fields }, work) =>
      changeRow(work, Product, id, contracts.productUpdated, async (product) => {
        const changes = changeProduct(product, fields, valid_from ?? work.at, work.at);
        if (changesUnits(product, changes)) await noteCorrection(work.tx, id, work.call.actor);
        return changes;
      }),
);
