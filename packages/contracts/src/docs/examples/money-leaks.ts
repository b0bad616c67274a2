/** What the morning has cost: a loss recorded by hand, the ledger, and the figures computed from the same minutes. */
import type { z } from 'zod';
import { downtime, secondPart } from './downtimes.ts';
import { line, plant } from './master-data.ts';
import { batch } from './production.ts';
import { AFTERWARDS, onTheDay, sampleId, step, wholeList, type Step } from './step.ts';
import {
  explainMoneyLeak,
  getByCategory,
  getByReason,
  getLineOee,
  getMoneyLeak,
  getMoneyLeakOverview,
  getOee,
  getReconciliation,
  getReliability,
  getTimeline,
  listMoneyLeaks,
  recordMoneyLeak,
  setAction,
  type MoneyLeakView,
  type oee as oeeSchema,
} from '../../operations/money-leaks.ts';

export const newLeak: MoneyLeakView = {
  id: sampleId(40),
  tenant_id: 'akron',
  version: 1,
  created_at: AFTERWARDS,
  updated_at: AFTERWARDS,
  created_by: 'admin@akron',
  updated_by: 'admin@akron',
  line_id: line.id,
  plant_id: plant.id,
  batch_id: null,
  product_id: null,
  category: 'yield_loss',
  amount_usd: 50.4,
  quantity: 120,
  unit_cost: 0.42,
  time_minutes: null,
  hourly_cost: null,
  occurred_from: onTheDay('14:00'),
  occurred_to: onTheDay('14:30'),
  business_date: '2026-03-02',
  is_avoidable: true,
  description: 'Syrup spilled at the mixer',
  source_type: 'manual',
  source_id: sampleId(40),
  cause_event_id: sampleId(40),
  rule: 'manual',
  rule_version: 1,
  reverses_id: null,
  recorded_at: AFTERWARDS,
  action_taken: null,
};
export const leak: MoneyLeakView = { ...newLeak, version: 2, action_taken: 'A drip tray was fitted' };

const ledgerSteps = [
  step(
    recordMoneyLeak,
    'A loss that somebody saw is recorded by hand',
    {
      line_id: line.id,
      category: 'yield_loss',
      quantity: 120,
      unit_cost: 0.42,
      occurred_from: onTheDay('14:00'),
      occurred_to: onTheDay('14:30'),
      description: 'Syrup spilled at the mixer',
    },
    newLeak,
  ),
  step(setAction, 'Something was done about it', { id: leak.id, action_taken: 'A drip tray was fitted' }, leak),
  step(getMoneyLeak, 'The posting', { id: leak.id }, leak),
  step(
    explainMoneyLeak,
    'Where the posting comes from',
    { id: leak.id },
    {
      money_leak: leak,
      cause: { event_id: leak.id, source_type: 'manual', source_id: leak.id, source: null },
      reversed_by: null,
      inputs: { quantity: '120', unit_cost: '0.42', time_minutes: null, hourly_cost: null },
      arithmetic: '120 × 0.42 = 50.4000',
      recomputed_amount_usd: '50.4000',
      is_same: true,
    },
    { varies: ['source', 'inputs', 'arithmetic', 'recomputed_amount_usd'] },
  ),
  step(listMoneyLeaks, 'The yield losses of the line', { line_id: line.id, category: 'yield_loss' }, wholeList(leak)),
];

// ---- figures of the early shift
const window = { from: onTheDay('11:00'), to: onTheDay('19:00') };
const byCategory = [
  { category: 'downtime_loss' as const, total: 240, count: 2, percentage: 50.63, avoidable_total: 240 },
  { category: 'speed_loss' as const, total: 158.4, count: 1, percentage: 33.42, avoidable_total: 158.4 },
  { category: 'yield_loss' as const, total: 50.4, count: 1, percentage: 10.63, avoidable_total: 50.4 },
  { category: 'scrap_loss' as const, total: 25.2, count: 2, percentage: 5.32, avoidable_total: 25.2 },
];
const oee: z.infer<typeof oeeSchema> = {
  availability: 0.87234,
  performance: 0.903415,
  quality: 0.993521,
  oee: 0.782979,
  ooe: 0.383333,
  teep: 0.383333,
  flags: ['unassigned_time'],
  terms: {
    calendar_minutes: 480,
    pot_minutes: 480,
    pbt_minutes: 235,
    apt_minutes: 205,
    planned_stop_minutes: 15,
    unplanned_stop_minutes: 30,
    changeover_minutes: 0,
    delay_minutes: 0,
    ramp_up_minutes: 0,
    micro_stop_minutes: 0,
    excluded_minutes: 0,
    unassigned_minutes: 230,
    uncounted_minutes: 0,
    ideal_minutes_total: 185.2,
    ideal_minutes_good: 184,
    total_count: 9_260,
    good_count: 9_200,
  },
};
const legs = {
  downtime_loss: 30,
  changeover_loss: 0,
  speed_loss: 19.8,
  scrap_loss: 1.2,
  quality_loss: 0,
  startup_loss: 0,
};
const reliability = { failures: 1, mtbf_minutes: 205, mttr_minutes: 20, mtta_minutes: 4 };
const piece = {
  downtime_id: null,
  reason_category: null,
  reason_code: null,
  batch_id: null,
  product_id: null,
  shift: '2026-03-02T06:00 Early',
  business_date: '2026-03-02',
};
const inBatch = { ...piece, batch_id: batch.id, product_id: batch.product_id };

const figureSteps = [
  step(getByCategory, 'What the shift lost, by category', { line_id: line.id, ...window }, { items: byCategory }),
  step(
    getMoneyLeakOverview,
    'The same against the eight hours before',
    { line_id: line.id, ...window },
    {
      period_start: window.from,
      period_end: window.to,
      total_amount_usd: 474,
      previous_total_amount_usd: 0,
      by_category: byCategory,
      top_lines: [{ line_id: line.id, line_name: line.name, total: 474, percentage: 100 }],
      by_day: [{ business_date: '2026-03-02', total: 474 }],
      avoidable_total: 474,
    },
  ),
  step(
    getByReason,
    'The stops of the shift, by reason',
    { line_id: line.id, ...window },
    {
      items: [
        {
          reason_category: 'mechanical',
          reason_code: 'MECH-BELT',
          minutes: 20,
          count: 1,
          cost_usd: 160,
          percentage: 66.67,
          cumulative_percentage: 66.67,
        },
        {
          reason_category: 'no_operator',
          reason_code: null,
          minutes: 10,
          count: 1,
          cost_usd: 80,
          percentage: 33.33,
          cumulative_percentage: 100,
        },
      ],
    },
  ),
  step(
    getReliability,
    'How reliable the line was',
    { line_id: line.id, ...window, group_by: 'line' },
    { items: [{ group: line.id, label: line.code, ...reliability }], total: reliability },
  ),
  step(getLineOee, 'OEE of the line in the shift', { id: line.id, ...window }, oee),
  step(
    getOee,
    'OEE of the plant in the shift, by line',
    { plant_id: plant.id, ...window, group_by: 'line' },
    { items: [{ group: line.id, label: line.code, ...oee }], total: oee },
  ),
  step(
    getTimeline,
    'Where the time of the shift went',
    { id: line.id, ...window },
    {
      items: [
        { ...piece, from: onTheDay('11:00'), to: onTheDay('11:05'), state: 'unassigned' },
        { ...inBatch, from: onTheDay('11:05'), to: onTheDay('12:40'), state: 'running' },
        {
          ...inBatch,
          from: onTheDay('12:40'),
          to: onTheDay('13:00'),
          state: 'stop',
          downtime_id: downtime.id,
          reason_category: 'mechanical',
          reason_code: 'MECH-BELT',
        },
        {
          ...inBatch,
          from: onTheDay('13:00'),
          to: onTheDay('13:10'),
          state: 'stop',
          downtime_id: secondPart.id,
          reason_category: 'no_operator',
        },
        { ...inBatch, from: onTheDay('13:10'), to: onTheDay('15:00'), state: 'running' },
        { ...piece, from: onTheDay('15:00'), to: onTheDay('15:15'), state: 'planned_stop' },
        { ...piece, from: onTheDay('15:15'), to: onTheDay('19:00'), state: 'unassigned' },
      ],
      masked: [],
    },
  ),
  step(
    getReconciliation,
    'The ledger against the rows of the services',
    { line_id: line.id, ...window },
    {
      effective_from: window.from,
      effective_to: window.to,
      pbt_minutes: 235,
      good_minutes: 184,
      unposted_minutes: 0,
      source: legs,
      ledger: legs,
      imbalance_minutes: 0,
    },
    { varies: ['effective_from', 'effective_to'] },
  ),
];

export const moneyLeakSteps: readonly Step[] = [...ledgerSteps, ...figureSteps];
