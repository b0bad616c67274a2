import type { LineRow, listLines as contract } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

export const listLines =
  ({ database }: Deps) =>
  ({ plant_id, code, is_active, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, (tx) =>
      listPage<LineRow>(
        tx,
        'line t',
        [
          ['t.plant_id = ?', plant_id],
          ['t.code = ?', code],
          ['t.is_active = ?', is_active],
        ],
        page,
      ),
    );
