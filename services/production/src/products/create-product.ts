import { productCreated, type createProduct as contract, type ProductRow } from '@plantops/contracts';
import { announce, announcement, runCommand, insertRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { Product } from './product.entity.ts';
import { firstCosts } from './product.rules.ts';

export const createProduct =
  ({ database, now }: Deps) =>
  (input: z.infer<typeof contract.input>, call: Call): Promise<ProductRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const product = await insertRow<ProductRow>(tx, Product, { ...input, versions: firstCosts(input), rates: [] }, call, at);
      await announce(tx, [announcement(productCreated, product, product.id)], call, at);
      return product;
    });
