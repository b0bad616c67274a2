import fc from 'fast-check';
import type { Batch, Count, LineFacts, Scrap, ShiftCalendar, Stop } from './facts.ts';
import { at, calendar, line, shift } from './line-fixture.ts';

/** Three local days around a change to summer time, on a grid that also hits shift and day edges. */
export const SLOT = 15 * 60_000;
export const START = at('2026-03-28T00:00:00Z');
export const END = at('2026-03-31T00:00:00Z');

const anyAt = fc.integer({ min: 0, max: (END - START) / SLOT }).map((slot) => START + slot * SLOT);
const anySpan = fc
  .tuple(anyAt, fc.integer({ min: 1, max: 40 }), fc.boolean())
  .map(([from, slots, odd]) => ({ from, to: from + slots * SLOT + (odd ? 7 : 0) }));
const anyQuantity = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(0.5, 1.25, 3.333)).map(String);
const anyTotal = fc.option(anyQuantity, { nil: null });
const anyBatchId = fc.constantFrom(null, 'b0', 'b1', 'b2', 'b9');

const anyStop: fc.Arbitrary<Omit<Stop, 'id'>> = fc
  .record({
    span: anySpan,
    short: fc.boolean(),
    open: fc.integer({ min: 0, max: 9 }),
    reason_category: fc.constantFrom('mechanical', 'changeover', 'starved', 'break', 'other'),
    is_planned: fc.boolean(),
    is_excluded: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    phase: fc.constantFrom('production' as const, 'production' as const, 'startup' as const),
  })
  .map(({ span, short, open, ...stop }) => ({
    ...stop,
    from: span.from,
    to: open === 0 ? null : short ? span.from + 120_000 : span.to,
    reason_code: null,
    is_failure: stop.reason_category === 'mechanical',
    is_unavoidable: false,
    batch_id: null,
    micro_stop_seconds: null,
  }));

const anyBatch: fc.Arbitrary<Omit<Batch, 'id'>> = fc
  .record({
    span: anySpan,
    running: fc.integer({ min: 0, max: 5 }),
    totals: fc.record({
      good_count: anyTotal,
      scrap_count: anyTotal,
      startup_scrap_count: anyTotal,
      rework_count: anyTotal,
    }),
    trial: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  })
  .map(({ span, running, ...batch }) => ({
    ...batch,
    product_id: 'P',
    from: span.from,
    to: running === 0 ? null : span.to,
    closed: running !== 0,
    material_input: null,
  }));

const anyCount: fc.Arbitrary<Omit<Count, 'id'>> = fc.record({
  at: anyAt,
  good: anyQuantity,
  reject: anyQuantity,
  batch_id: anyBatchId,
});

const anyScrap: fc.Arbitrary<Omit<Scrap, 'id'>> = fc.record({
  at: anyAt,
  quantity: anyQuantity,
  disposition: fc.constantFrom('scrap' as const, 'rework' as const, 'downgrade' as const),
  phase: fc.constantFrom('production' as const, 'startup' as const),
  batch_id: anyBatchId,
  product_id: fc.constantFrom(null, 'P'),
  unit_cost: fc.constantFrom(null, '0.75'),
});

const berlin: ShiftCalendar = {
  ...calendar(shift('early', '06:00', '14:00', ['10:00', '10:30']), shift('night', '22:00', '06:00', ['01:30', '03:15'])),
  timezone: 'Europe/Berlin',
};

/** A line with overlapping, open, planned and micro-stops, batches, trials, counts and scrap of every kind. */
export const anyFacts: fc.Arbitrary<LineFacts> = fc
  .record({
    shifts: fc.constantFrom(null, berlin, calendar(shift('all', '00:00', '24:00'))),
    stops: fc.array(anyStop, { maxLength: 8 }),
    batches: fc.array(anyBatch, { maxLength: 3 }),
    counts: fc.array(anyCount, { maxLength: 6 }),
    scraps: fc.array(anyScrap, { maxLength: 5 }),
    running: fc.array(anySpan, { maxLength: 2 }),
    cost_basis: fc.constantFrom('full' as const, 'material' as const),
  })
  .map(({ shifts, cost_basis, running, ...facts }) => ({
    ...line({ shifts, cost_basis, hourly_cost: '97.31', unit_cost: '2.35', salvage_value: '0.15', cycle_seconds: '37.5' }),
    timezone: 'Europe/Berlin',
    running,
    stops: named('s', facts.stops),
    batches: named('b', facts.batches),
    counts: named('c', facts.counts),
    scraps: named('x', facts.scraps),
  }));

function named<T>(prefix: string, items: readonly T[]): (T & { id: string })[] {
  return items.map((item, index) => ({ ...item, id: `${prefix}${index}` }));
}
