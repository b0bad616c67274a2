import type { ProductRow } from '@plantops/contracts';
import { getRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { Deps } from '../deps.ts';
import { Product } from './product.entity.ts';

export const getProduct =
  ({ database }: Deps) =>
  ({ id }: { id: string }, call: Call): Promise<ProductRow> =>
    database.transact(call.tenant, (tx) => getRow<ProductRow>(tx, Product, id));
