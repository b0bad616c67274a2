import type { listTrials as contract, TrialRow } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

export const listTrials =
  ({ database }: Deps) =>
  ({ line_id, plant_id, status, from, to, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, (tx) =>
      listPage<TrialRow>(
        tx,
        'trial t',
        [
          ['t.line_id = ?', line_id],
          ['t.plant_id = ?', plant_id],
          ['t.status = ?', status],
          ['t.created_at >= ?', from],
          ['t.created_at < ?', to],
        ],
        page,
      ),
    );
