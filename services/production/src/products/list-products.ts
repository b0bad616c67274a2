import type { listProducts as contract, ProductRow } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

export const listProducts =
  ({ database }: Deps) =>
  ({ code, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, (tx) => listPage<ProductRow>(tx, 'product t', [['t.code = ?', code]], page));
