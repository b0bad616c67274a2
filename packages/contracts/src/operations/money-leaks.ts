/** Money leaks: the ledger of losses, and the OEE that stands on the same minutes. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import {
  businessDate,
  byId,
  id,
  inQuery,
  instant,
  listInput,
  listOutput,
  money,
  quantity,
  reasonCategory,
  rowFields,
  text,
  windowFields,
} from '../values.ts';

const { reads, writes } = operationsOf('money-leaks');
const { fact } = eventsOf('money-leaks');

export const leakCategory = z.enum([
  'scrap_loss',
  'downtime_loss',
  'speed_loss',
  'yield_loss',
  'quality_loss',
  'changeover_loss',
  'startup_loss',
]);
export type LeakCategory = z.infer<typeof leakCategory>;
const nullable = z.number().nullable();
const { version: _version, updated_at: _updatedAt, updated_by: _updatedBy, ...ledgerFields } = rowFields;
export const moneyLeakRow = z.object({
  ...ledgerFields,
  line_id: id,
  plant_id: id,
  batch_id: id.nullable(),
  product_id: id.nullable(),
  category: leakCategory,
  amount_usd: z.number(),
  quantity: nullable,
  unit_cost: nullable,
  time_minutes: nullable,
  hourly_cost: nullable,
  occurred_from: instant,
  occurred_to: instant,
  business_date: businessDate,
  is_avoidable: z.boolean(),
  description: z.string().nullable(),
  source_type: z.enum(['downtime', 'scrap', 'batch', 'manual']),
  source_id: id,
  cause_event_id: id,
  rule: z.string(),
  rule_version: z.int(),
  reverses_id: id.nullable(),
  recorded_at: instant,
});
export type MoneyLeakRow = z.infer<typeof moneyLeakRow>;

/** A posting as it is answered: with what people have said of it, beside the ledger. Its version counts what they said. */
export const moneyLeakView = moneyLeakRow.extend({
  action_taken: z.string().nullable(),
  version: z.int(),
  updated_at: instant,
  updated_by: z.string(),
});
export type MoneyLeakView = z.infer<typeof moneyLeakView>;

export const recordMoneyLeak = writes({
  name: 'record',
  role: 'engineer',
  summary: 'Record a loss by hand: quantity × unit_cost, minutes ÷ 60 × hourly_cost, or both',
  output: moneyLeakView,
  input: z.strictObject({
    line_id: id,
    category: leakCategory,
    batch_id: id.nullable().default(null),
    product_id: id.nullable().default(null),
    quantity: quantity.optional(),
    unit_cost: money.optional(),
    time_minutes: z.number().min(0).max(527_040).optional(),
    hourly_cost: money.optional(),
    occurred_from: instant.optional(),
    occurred_to: instant.optional(),
    is_avoidable: z.boolean().default(true),
    action_taken: text.nullable().default(null),
    description: text.nullable().default(null),
  }),
});
export const setAction = writes({
  name: 'set-action',
  role: 'engineer',
  summary: 'Say of a posting whether it could have been avoided and what was done about it: beside the ledger, not in it',
  input: z.strictObject({ id, is_avoidable: z.boolean().optional(), action_taken: text.nullable().optional() }),
  output: moneyLeakView,
  problems: ['not_found', 'stale_version'],
});
export const getMoneyLeak = reads({
  name: 'get',
  role: 'viewer',
  summary: 'One posting',
  input: byId,
  output: moneyLeakView,
  problems: ['not_found'],
});
const decimal = z.string();
export const explainMoneyLeak = reads({
  name: 'explain',
  role: 'viewer',
  summary: 'Where a posting comes from: its cause, its inputs and the arithmetic, recomputed',
  input: byId,
  problems: ['not_found'],
  output: z.object({
    money_leak: moneyLeakView,
    cause: z.object({
      event_id: id,
      source_type: z.enum(['downtime', 'scrap', 'batch', 'manual']),
      source_id: id,
      source: z.record(z.string(), z.json()).nullable(),
    }),
    reversed_by: id.nullable(),
    inputs: z.object({
      quantity: decimal.nullable(),
      unit_cost: decimal.nullable(),
      time_minutes: decimal.nullable(),
      hourly_cost: decimal.nullable(),
    }),
    arithmetic: z.string(),
    recomputed_amount_usd: decimal,
    is_same: z.boolean(),
  }),
});
const asOf = { as_of: instant.optional() };
const ledgerFilters = { line_id: id.optional(), plant_id: id.optional(), ...windowFields };
export const listMoneyLeaks = reads({
  name: 'list',
  role: 'viewer',
  summary: 'Postings of the ledger',
  output: listOutput(moneyLeakView),
  input: listInput(
    {
      ...ledgerFilters,
      ...asOf,
      source_id: id.optional(),
      batch_id: id.optional(),
      product_id: id.optional(),
      category: leakCategory.optional(),
      is_avoidable: inQuery.flag.optional(),
    },
    ['occurred_from', 'recorded_at'],
  ),
});

const share = z.number().nullable();
export const categoryTotal = z.object({
  category: leakCategory,
  total: z.number(),
  count: z.int(),
  percentage: share,
  avoidable_total: z.number(),
});
export const lineTotal = z.object({ line_id: id, line_name: z.string(), total: z.number(), percentage: share });
export const getByCategory = reads({
  name: 'by-category',
  role: 'viewer',
  summary: "Losses by category; the window defaults to the plant's today",
  output: z.object({ items: z.array(categoryTotal) }),
  input: z.strictObject({ ...ledgerFilters, ...asOf, product_id: id.optional() }),
});
export const getMoneyLeakOverview = reads({
  name: 'overview',
  role: 'viewer',
  summary: 'Losses of a period against the one before',
  input: z.strictObject({ ...ledgerFilters, ...asOf, product_id: id.optional() }),
  output: z.object({
    period_start: instant,
    period_end: instant,
    total_amount_usd: z.number(),
    previous_total_amount_usd: z.number(),
    by_category: z.array(categoryTotal),
    top_lines: z.array(lineTotal),
    by_day: z.array(z.object({ business_date: businessDate, total: z.number() })),
    avoidable_total: z.number(),
  }),
});
export const getByReason = reads({
  name: 'by-reason',
  role: 'viewer',
  summary: 'Pareto of stops by reason: unmasked minutes in the window, stops that start in it, their cost; ranked by one of these',
  input: z.strictObject({
    ...ledgerFilters,
    product_id: id.optional(),
    rank_by: z.enum(['minutes', 'count', 'cost_usd']).default('minutes'),
  }),
  output: z.object({
    items: z.array(
      z.object({
        reason_category: reasonCategory,
        reason_code: z.string().nullable(),
        minutes: z.number(),
        count: z.int(),
        cost_usd: z.number(),
        percentage: share,
        cumulative_percentage: share,
      }),
    ),
  }),
});

const meanMinutes = z.number().nullable();
const reliabilityFigures = {
  failures: z.int(),
  mtbf_minutes: meanMinutes,
  mttr_minutes: meanMinutes,
  mtta_minutes: meanMinutes,
};
export const getReliability = reads({
  name: 'reliability',
  role: 'viewer',
  summary: 'MTBF, MTTR and MTTA: failures that start in the window, whole',
  input: z.strictObject({ ...ledgerFilters, group_by: z.enum(['line', 'plant', 'reason']).optional() }),
  output: z.object({
    items: z.array(z.object({ group: z.string(), label: z.string(), ...reliabilityFigures })),
    total: z.object(reliabilityFigures),
  }),
});

const minutes = z.number();
const fraction = z.number().nullable();
export const oee = z.object({
  availability: fraction,
  performance: fraction,
  quality: fraction,
  oee: fraction,
  ooe: fraction,
  teep: fraction,
  flags: z.array(z.string()),
  terms: z.object({
    calendar_minutes: minutes,
    pot_minutes: minutes,
    pbt_minutes: minutes,
    apt_minutes: minutes,
    planned_stop_minutes: minutes,
    unplanned_stop_minutes: minutes,
    changeover_minutes: minutes,
    delay_minutes: minutes,
    ramp_up_minutes: minutes,
    micro_stop_minutes: minutes,
    excluded_minutes: minutes,
    unassigned_minutes: minutes,
    uncounted_minutes: minutes,
    ideal_minutes_total: minutes,
    ideal_minutes_good: minutes,
    total_count: z.number(),
    good_count: z.number(),
  }),
});
export const getLineOee = reads({
  name: 'line-oee',
  role: 'viewer',
  summary: "OEE of a line with its terms; the window defaults to the plant's today",
  input: z.strictObject({ id, ...windowFields }),
  output: oee,
  problems: ['not_found'],
});
export const getOee = reads({
  name: 'oee',
  role: 'viewer',
  summary: 'OEE over lines, rolled up by adding terms',
  output: z.object({ items: z.array(oee.extend({ group: z.string().nullable(), label: z.string().nullable() })), total: oee }),
  input: z.strictObject({
    ...ledgerFilters,
    product_id: id.optional(),
    group_by: z.enum(['line', 'product', 'shift', 'day', 'month']).optional(),
  }),
});

export const ladderState = z.enum([
  'no_shift',
  'excluded',
  'planned_stop',
  'changeover',
  'ramp_up',
  'stop',
  'delay',
  'micro_stop',
  'running',
  'unassigned',
]);
export const getTimeline = reads({
  name: 'timeline',
  role: 'viewer',
  summary: "A line's time, one state at each instant; parts of stops that lost to another report are listed as masked",
  problems: ['not_found'],
  input: z.strictObject({ id, ...windowFields }),
  output: z.object({
    items: z.array(
      z.object({
        from: instant,
        to: instant,
        state: ladderState,
        downtime_id: id.nullable(),
        reason_category: reasonCategory.nullable(),
        reason_code: z.string().nullable(),
        batch_id: id.nullable(),
        product_id: id.nullable(),
        shift: z.string().nullable(),
        business_date: businessDate,
      }),
    ),
    masked: z.array(z.object({ from: instant, to: instant, downtime_id: id })),
  }),
});

const legs = z.object({
  downtime_loss: minutes,
  changeover_loss: minutes,
  speed_loss: minutes,
  scrap_loss: minutes,
  quality_loss: minutes,
  startup_loss: minutes,
});
export const getReconciliation = reads({
  name: 'reconciliation',
  role: 'viewer',
  summary:
    'The ledger against the rows of production and downtimes, leg by leg in minutes; an imbalance is a fact that got lost on the way',
  input: z.strictObject(ledgerFilters),
  output: z.object({
    effective_from: instant,
    effective_to: instant,
    pbt_minutes: minutes,
    good_minutes: minutes,
    unposted_minutes: minutes,
    source: legs,
    ledger: legs,
    imbalance_minutes: minutes,
  }),
});

export const moneyLeakRecorded = fact('money_leak.recorded', moneyLeakRow, 'A loss was posted');
export const moneyLeakReversed = fact('money_leak.reversed', moneyLeakRow, 'A posting was taken back by a reversal');

// ---- for the overview
export const lossPeriod = z.enum(['today', 'yesterday', 'shift', '7d', '30d']);
export const getLossFigures = reads({
  name: 'get-figures',
  internal: true,
  role: 'viewer',
  summary:
    'What the overview shows of losses: OEE and leaks of a period, scrap cost and downtime of today, alerts; each plant in its own days and shifts',
  input: z.strictObject({ ...ledgerFilters, period: lossPeriod.optional() }),
  output: z.object({
    average_oee: z.number().nullable(),
    total_downtime_minutes_today: z.number(),
    total_scrap_cost_today: z.number(),
    total_amount_usd: z.number(),
    by_category: z.array(z.object({ category: leakCategory, total: z.number(), percentage: share })),
    top_lines: z.array(lineTotal),
    period: z.object({ from: instant, to: instant }),
    scrap_spikes: z.array(
      z.object({
        line_id: id,
        product_id: id.nullable(),
        hour: instant,
        rejects: z.number(),
        made: z.number(),
        value: z.number(),
        limit: z.number(),
      }),
    ),
    burn_rates: z.array(z.object({ line_id: id, since: instant, amount_usd: z.number(), usual_usd: z.number() })),
  }),
});
