import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import type { MoneyLeakView } from '@plantops/contracts';
import { listPage, view } from '@plantops/persistence';
import { LEAK_ANSWER, LEAK_TABLE } from './leak-view.ts';

export const listMoneyLeaks = query(
  contracts.listMoneyLeaks,
  () =>
    (
      { line_id, plant_id, batch_id, product_id, source_id, category, is_avoidable, as_of, from, to, ...page },
      { tx },
    ) =>
      listPage(
        tx,
        view<MoneyLeakView>(LEAK_TABLE, LEAK_ANSWER),
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
      ),
);
