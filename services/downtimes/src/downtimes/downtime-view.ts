import type { downtimeView } from '@plantops/contracts';
import { view } from '@plantops/persistence';
import type { z } from 'zod';

/** A stop as it is answered: with what it has cost, the sum of its postings. */
export const DowntimeView = view<z.infer<typeof downtimeView>>(
  'downtime t',
  't.*, coalesce((select c.amount from downtime_cost c where c.downtime_id = t.id), 0) as cost_impact',
);
