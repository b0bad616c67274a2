import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { changeRow } from '@plantops/persistence';
import { changeProduct } from './product.rules.ts';
import { Product } from './product.table.ts';

export const updateProduct = command(
  contracts.updateProduct,
  () =>
    ({ id, valid_from, ...fields }, work) =>
      changeRow(work, Product, id, contracts.productUpdated, (product) =>
        changeProduct(product, fields, valid_from ?? work.at, work.at),
      ),
);
