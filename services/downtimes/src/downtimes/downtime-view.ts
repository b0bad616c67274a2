import type { downtimeView } from '@plantops/contracts';
import { columnsOf, view } from '@plantops/persistence';
import type { z } from 'zod';
import { Downtime } from './downtime.table.ts';

/** A stop in a response: its row, and its cost as the sum of its postings. */
export const DowntimeView = view<z.infer<typeof downtimeView>>(
  'downtime t',
  `${columnsOf(Downtime, 't')},
   coalesce((select c.amount from downtime_cost c where c.downtime_id = t.id), 0) as cost_impact`,
  {
    indexed: {
      sort: 'start_time',
      by: ['t.line_id = ?', 't.batch_id = ?', 't.reason_category = ?', 't.reason_code = ?'],
    },
  },
);
