import type { listMoneyLeaks as contract, MoneyLeakView } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { LEAK_ANSWER, LEAK_TABLE } from './leak-view.ts';

type Input = z.infer<typeof contract.input>;

export const listMoneyLeaks =
  ({ database }: Deps) =>
  ({ line_id, plant_id, batch_id, product_id, source_id, category, is_avoidable, as_of, from, to, ...page }: Input, call: Call) =>
    database.transact(call.tenant, (tx) =>
      listPage<MoneyLeakView>(
        tx,
        LEAK_TABLE,
        [
          ['t.line_id = ?', line_id],
          ['t.plant_id = ?', plant_id],
          ['t.batch_id = ?', batch_id],
          ['t.product_id = ?', product_id],
          ['t.source_id = ?', source_id],
          ['t.category = ?', category],
          ['coalesce(a.is_avoidable, t.is_avoidable) = ?', is_avoidable],
          ['t.recorded_at <= ?', as_of],
          ['t.occurred_from >= ?', from],
          ['t.occurred_from < ?', to],
        ],
        page,
        LEAK_ANSWER,
      ),
    );
