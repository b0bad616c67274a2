/** The overview: the dashboard's one question, composed of the other services' answers. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { leakCategory, lineTotal, lossPeriod } from './money-leaks.ts';
import { id, instant, windowFields } from '../values.ts';

const { reads } = operationsOf('overview');

export const alertRow = z.object({
  id: z.string(),
  severity: z.enum(['low', 'medium', 'high', 'critical']),
  type: z.enum(['downtime', 'scrap_spike', 'batch_overdue', 'sensor_limit', 'leak_burn']),
  title: z.string(),
  message: z.string(),
  line_id: id,
  plant_id: id.nullable(),
  since: instant,
  value: z.number(),
  threshold: z.number(),
});
export type AlertRow = z.infer<typeof alertRow>;

const figure = z.number().nullable();
export const getOverview = reads({
  name: 'get',
  role: 'viewer',
  summary: 'The dashboard: KPIs, money leaks, alerts, trials. What did not answer is null and named in degraded',
  input: z.strictObject({
    period: lossPeriod.optional(),
    ...windowFields,
    plant_id: id.optional(),
    line_id: id.optional(),
  }),
  output: z.object({
    kpis: z.object({
      total_lines: figure,
      active_lines: figure,
      running_batches: figure,
      average_oee: figure,
      total_scrap_cost_today: figure,
      total_downtime_minutes_today: figure,
    }),
    money_leaks: z.object({
      total_amount_usd: figure,
      by_category: z.array(z.object({ category: leakCategory, total: z.number(), percentage: figure })).nullable(),
      top_lines: z.array(lineTotal).nullable(),
    }),
    alerts: z.array(alertRow).nullable(),
    active_trials: figure,
    recent_scrap_events: figure,
    generated_at: instant,
    period: z.object({ from: instant.nullable(), to: instant.nullable(), name: z.string() }),
    degraded: z.array(z.string()),
  }),
});
