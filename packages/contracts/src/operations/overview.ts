/** The overview: the figures of the dashboard in one answer, composed of the answers of the other services. */
import { z } from 'zod';
import { operationsOf } from '../contract.ts';
import { field, window, windowFields } from '../fields.ts';
import { instant } from '../values.ts';
import { lossFigures, period } from './money-leaks.ts';
import { waitingCount } from './waiting.ts';

const { reads } = operationsOf('overview');

export const alertRow = z
  .object({
    id: z.string().describe('Names the alert; it stays the same while the alert lasts.'),
    severity: z.enum(['low', 'medium', 'high', 'critical']).describe('How severe it is.'),
    type: z
      .enum([
        'downtime',
        'scrap_spike',
        'batch_overdue',
        'sensor_limit',
        'leak_burn',
        'line_clock',
        'unplaced_units',
        'counting_while_stopped',
        'not_reporting',
      ])
      .describe('What the alert is about.'),
    title: z.string().describe('What is wrong, in a few words.'),
    message: z.string().describe('What is wrong, in a sentence.'),
    line_id: field.line_id,
    plant_id: field.plant_id.nullable(),
    since: instant.describe('Since when.'),
    value: z
      .number()
      .describe("What was measured, in the unit of its type: minutes, a fraction, the sensor's unit or US dollars."),
    threshold: z.number().describe('The limit that value has crossed.'),
  })
  .meta({ id: 'Alert' });
export type AlertRow = z.infer<typeof alertRow>;

export const getOverview = reads({
  name: 'get',
  role: 'viewer',
  summary:
    'The dashboard: KPIs, money leaks, alerts, trials. Figures of services that did not answer are null, the services are named in degraded',
  input: z.strictObject({
    period: period.optional(),
    ...windowFields,
    plant_id: field.plant_id.optional(),
    line_id: field.line_id.optional(),
  }),
  output: z.object({
    kpis: z
      .object({
        total_lines: z.number().nullable().describe('Lines in use.'),
        active_lines: z.number().nullable().describe('Lines in use without an open stop.'),
        running_batches: z.number().nullable().describe('Batches that run now.'),
        average_oee: lossFigures.average_oee.nullable(),
        total_scrap_cost_today: lossFigures.total_scrap_cost_today.nullable(),
        total_downtime_minutes_today: lossFigures.total_downtime_minutes_today.nullable(),
      })
      .describe('Figures of now; null: not answered.'),
    money_leaks: z
      .object({
        total_amount_usd: field.total_amount_usd.nullable(),
        by_category: lossFigures.by_category.nullable(),
        top_lines: lossFigures.top_lines.nullable(),
      })
      .describe('Losses of the period; null: not answered.'),
    alerts: z
      .array(alertRow)
      .nullable()
      .describe('Alerts that need attention now, the most severe first; null: not answered.'),
    active_trials: z.number().nullable().describe('Trials in progress.'),
    recent_scrap_events: z.number().nullable().describe('Scrap events of the last 24 hours.'),
    waiting: z
      .object({
        total: z.int().describe('How many wait.'),
        by_reason: z.array(waitingCount).describe('How many wait for what.'),
      })
      .nullable()
      .describe('Line events and readings of the tenant that cannot be applied yet; null: not answered.'),
    generated_at: instant.describe('When the answer was composed.'),
    period: z
      .object({
        from: window.from.nullable(),
        to: window.to.nullable(),
        name: z.string().describe('What the period is called.'),
      })
      .describe('The period the figures are about.'),
    degraded: z.array(z.string()).describe('Services that did not answer; their figures are null.'),
  }),
});
