import type { listMoneyLeaks as contract, MoneyLeakRow } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { LEAK_VIEW } from './ledger-row.ts';

export const listMoneyLeaks =
  ({ database }: Deps) =>
  ({ line_id, plant_id, batch_id, product_id, category, is_avoidable, from, to, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, (tx) =>
      listPage<MoneyLeakRow>(
        tx,
        'money_leak t',
        [
          ['t.line_id = ?', line_id],
          ['t.plant_id = ?', plant_id],
          ['t.batch_id = ?', batch_id],
          ['t.product_id = ?', product_id],
          ['t.category = ?', category],
          ['t.is_avoidable = ?', is_avoidable],
          ['t.occurred_from >= ?', from],
          ['t.occurred_from < ?', to],
        ],
        page,
        LEAK_VIEW,
      ),
    );
