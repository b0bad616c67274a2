import type { listReasons as contract, ReasonRow } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

export const listReasons =
  ({ database }: Deps) =>
  ({ code, category, is_active, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, (tx) =>
      listPage<ReasonRow>(
        tx,
        'reason t',
        [
          ['t.code = ?', code],
          ['t.category = ?', category],
          ['t.is_active = ?', is_active],
        ],
        page,
      ),
    );
