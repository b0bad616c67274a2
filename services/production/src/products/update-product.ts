import { productUpdated, type ProductRow, type updateProduct as contract } from '@plantops/contracts';
import { announce, announcement, runCommand, lockRow, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Product } from './product.entity.ts';
import { changeProduct } from './product.rules.ts';

export const updateProduct =
  ({ database, now }: Deps) =>
  ({ id, valid_from, ...fields }: z.infer<typeof contract.input>, call: Call): Promise<ProductRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const product = await lockRow<ProductRow>(tx, Product, id, call.expectedVersion);
      const changed = await updateRow(tx, Product, product, changeProduct(product, fields, valid_from ?? at, at), call, at);
      await announce(tx, [announcement(productUpdated, changed, id)], call, at);
      return changed;
    });
