import type { Batch, BatchTotals, Count, LineFacts, Scrap, ShiftCalendar, ShiftPattern, Stop } from './facts.ts';
import { noFacts } from './facts.ts';

/** Facts for tests: one line in a UTC plant on Monday 2026-03-02, local times as 'HH:MM'. */
export const DAY = '2026-03-02';

/** 'HH:MM' on the day, or a full instant. */
export function at(time: string): number {
  return Date.parse(time.length > 5 ? time : `${DAY}T${time}:00Z`);
}

export function window(from: string, to: string): { from: number; to: number } {
  return { from: at(from), to: at(to) };
}

export const wholeDay = { from: at('00:00'), to: at('00:00') + 86_400_000 };
export const EVER = Number.POSITIVE_INFINITY;

export function shift(name: string, start: string, end: string, ...breaks: [string, string][]): ShiftPattern {
  return { name, start, end, breaks: breaks.map(([from, to]) => ({ start: from, end: to })) };
}

export function calendar(...shifts: ShiftPattern[]): ShiftCalendar {
  const weekdays = [1, 2, 3, 4, 5, 6, 7];
  return { timezone: 'UTC', weekly: shifts.map((pattern) => ({ ...pattern, weekdays })), exceptions: [] };
}

export function stop(
  id: string,
  from: string,
  to: string | null,
  reason_category: string,
  more: Partial<Stop> = {},
): Stop {
  return {
    id,
    from: at(from),
    to: to === null ? null : at(to),
    reason_category,
    reason_code: null,
    is_planned: false,
    is_excluded: false,
    is_failure: ['mechanical', 'electrical', 'controls'].includes(reason_category),
    is_unavoidable: false,
    phase: 'production',
    batch_id: null,
    micro_stop_seconds: null,
    ...more,
  };
}

const NO_TOTALS: BatchTotals = { good_count: null, scrap_count: null, startup_scrap_count: null, rework_count: null };

export function batch(
  id: string,
  from: string,
  to: string | null,
  totals: Partial<BatchTotals> = {},
  more: Partial<Batch> = {},
): Batch {
  return {
    id,
    product_id: 'P',
    from: at(from),
    to: to === null ? null : at(to),
    closed: to !== null,
    totals: { ...NO_TOTALS, ...totals },
    material_input: null,
    trial: false,
    ...more,
  };
}

export function count(id: string, time: string, good: number, reject = 0, batch_id: string | null = null): Count {
  return { id, at: at(time), good: String(good), reject: String(reject), batch_id };
}

export function scrap(id: string, time: string, quantity: number, more: Partial<Scrap> = {}): Scrap {
  return {
    id,
    at: at(time),
    quantity: String(quantity),
    disposition: 'scrap',
    phase: 'production',
    batch_id: null,
    product_id: null,
    unit_cost: null,
    ...more,
  };
}

export interface LineOptions {
  readonly hourly_cost?: string;
  readonly cycle_seconds?: string;
  readonly micro_stop_seconds?: number;
  readonly unit_cost?: string;
  readonly salvage_value?: string;
  readonly cost_basis?: 'full' | 'material';
  readonly shifts?: ShiftCalendar | null;
}

/** A line with one product P and the given facts. */
export function line(options: LineOptions, facts: Partial<LineFacts> = {}): LineFacts {
  const prices = {
    hourly_cost: options.hourly_cost ?? '60',
    ideal_cycle_seconds: options.cycle_seconds ?? '30',
    micro_stop_seconds: options.micro_stop_seconds ?? 300,
  };
  const costs = {
    unit_cost: options.unit_cost ?? '1.00',
    salvage_value: options.salvage_value ?? '0',
    cost_basis: options.cost_basis ?? ('full' as const),
    material_cost: null,
  };
  return {
    ...noFacts,
    calendars: [{ valid_from: null, value: options.shifts ?? null }],
    prices: [{ valid_from: null, value: prices }],
    products: new Map([['P', [{ valid_from: null, value: costs }]]]),
    ...facts,
  };
}
