import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import { Product } from './product.table.ts';

export const listProducts = query(
  contracts.listProducts,
  () =>
    ({ code, ...page }, { tx }) =>
      listPage(tx, Product, [['t.code = ?', code]], page),
);
