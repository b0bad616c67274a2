/** Money leaks: the ledger of losses, and the OEE that stands on the same minutes. */
import { z } from 'zod';
import { eventsOf, operationsOf } from './contract.ts';
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
} from './values.ts';

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

export const recordMoneyLeak = writes({
  name: 'record',
  role: 'engineer',
  summary: 'Record a loss by hand: quantity × unit_cost, minutes ÷ 60 × hourly_cost, or both',
  output: moneyLeakRow,
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
    description: text.nullable().default(null),
  }),
});
export const getMoneyLeak = reads({
  name: 'get',
  role: 'viewer',
  summary: 'One posting',
  input: byId,
  output: moneyLeakRow,
  problems: ['not_found'],
});
const ledgerFilters = { line_id: id.optional(), plant_id: id.optional(), ...windowFields };
export const listMoneyLeaks = reads({
  name: 'list',
  role: 'viewer',
  summary: 'Postings of the ledger',
  output: listOutput(moneyLeakRow),
  input: listInput(
    {
      ...ledgerFilters,
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
  input: z.strictObject({ ...ledgerFilters, product_id: id.optional() }),
});
export const getMoneyLeakOverview = reads({
  name: 'overview',
  role: 'viewer',
  summary: 'Losses of a period against the one before',
  input: z.strictObject(ledgerFilters),
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
  summary: 'Stops by reason: unmasked minutes in the window, stops that start in it, their cost',
  input: z.strictObject({ ...ledgerFilters, product_id: id.optional() }),
  output: z.object({
    items: z.array(
      z.object({
        reason_category: reasonCategory,
        reason_code: z.string().nullable(),
        minutes: z.number(),
        count: z.int(),
        cost_usd: z.number(),
        percentage: share,
      }),
    ),
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
  input: z.strictObject({ ...ledgerFilters, product_id: id.optional(), group_by: z.enum(['line', 'product', 'day']).optional() }),
});

export const moneyLeakRecorded = fact('money_leak.recorded', moneyLeakRow, 'A loss was posted');
export const moneyLeakReversed = fact('money_leak.reversed', moneyLeakRow, 'A posting was taken back by a reversal');

// ---- for the overview
export const getLossFigures = reads({
  name: 'get-figures',
  role: 'viewer',
  summary: 'What the overview shows of losses: OEE, downtime minutes, scrap cost and leaks of a period, each plant in its own day',
  input: z.strictObject(ledgerFilters),
  output: z.object({
    average_oee: z.number().nullable(),
    total_downtime_minutes: z.number(),
    total_scrap_cost: z.number(),
    total_amount_usd: z.number(),
    by_category: z.array(z.object({ category: leakCategory, total: z.number(), percentage: share })),
    top_lines: z.array(lineTotal),
    period: z.object({ from: instant, to: instant }),
  }),
});
