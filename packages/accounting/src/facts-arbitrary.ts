import fc from 'fast-check';
import type {
  Batch,
  Count,
  Interval,
  LineFacts,
  LinePrices,
  ProductCosts,
  RunningSpan,
  Scrap,
  ShiftCalendar,
  Stop,
  Versions,
} from './facts.ts';
import { at, calendar, line, shift } from './line-fixture.ts';

/** Three local days around a change to summer time, on a grid that includes the edges of shifts and days. */
export const SLOT = 15 * 60_000;
export const START = at('2026-03-28T00:00:00Z');
export const END = at('2026-03-31T00:00:00Z');

const anyAt = fc.integer({ min: 0, max: (END - START) / SLOT }).map((slot) => START + slot * SLOT);
const anyInterval = fc
  .tuple(anyAt, fc.integer({ min: 1, max: 40 }), fc.boolean())
  .map(([from, slots, odd]) => ({ from, to: from + slots * SLOT + (odd ? 7 : 0) }));
const anyQuantity = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(0.5, 1.25, 3.333)).map(String);
/** One to three versions: the first is in force always or from an instant on, the others from any instant. */
const anyVersions = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<Versions<T>> =>
  fc
    .tuple(
      fc.option(anyAt, { nil: null }),
      fc.uniqueArray(anyAt, { maxLength: 2 }),
      fc.array(value, { minLength: 3, maxLength: 3 }),
    )
    .map(([first, later, values]) =>
      [first, ...later.filter((since) => since !== first)].flatMap((valid_from, index) => {
        const [known] = values.slice(index);
        return known === undefined ? [] : [{ valid_from, value: known }];
      }),
    );
const anyPrices: fc.Arbitrary<LinePrices> = fc.record({
  hourly_cost: fc.constantFrom('97.31', '120', '0.07'),
  ideal_cycle_seconds: fc.constantFrom('37.5', '60', '12.345'),
  micro_stop_seconds: fc.constantFrom(60, 300, 900),
  count_basis: fc.constantFrom('good' as const, 'good' as const, 'gross' as const),
});
const anyCosts: fc.Arbitrary<ProductCosts> = fc.record({
  unit_cost: fc.constantFrom('2.35', '4', '0.1'),
  salvage_value: fc.constantFrom('0', '0.15', '3'),
  cost_basis: fc.constantFrom('full' as const, 'material' as const),
  material_cost: fc.constantFrom(null, '1.11'),
});
const anyTotal = fc.option(anyQuantity, { nil: null });
const anyBatchId = fc.constantFrom(null, 'b0', 'b1', 'b2', 'b9');

type Split = { readonly stop: Omit<Stop, 'id' | 'origin_id'>; readonly cuts: readonly number[] };
const anyStop: fc.Arbitrary<Split> = fc
  .record({
    span: anyInterval,
    short: fc.boolean(),
    open: fc.integer({ min: 0, max: 9 }),
    reason_category: fc.constantFrom('mechanical', 'changeover', 'starved', 'break', 'other'),
    is_planned: fc.boolean(),
    is_excluded: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
    phase: fc.constantFrom('production' as const, 'production' as const, 'startup' as const),
    micro_stop_seconds: fc.constantFrom(null, null, 60, 7_200),
    cuts: fc.oneof(fc.constant([]), fc.uniqueArray(fc.constantFrom(0.1, 0.5, 0.75), { minLength: 1, maxLength: 2 })),
  })
  .map(({ span, short, open, cuts, ...stop }) => ({
    cuts,
    stop: {
      ...stop,
      from: span.from,
      to: open === 0 ? null : short ? span.from + 120_000 : span.to,
      reason_code: null,
      is_failure: stop.reason_category === 'mechanical',
      is_unavoidable: false,
      batch_id: null,
    },
  }));

/**
 * A stop, or the parts of an ended stop that is split: each part has another reason, all have the origin of the first.
 */
function partsOf({ stop, cuts }: Split, index: number): Stop[] {
  const id = `s${index}`;
  const { from, to } = stop;
  if (to === null || cuts.length === 0) return [{ ...stop, id }];
  const edges = [from, ...cuts.toSorted((a, b) => a - b).map((share) => from + Math.floor((to - from) * share)), to];
  return edges.slice(1).map((end, part) => ({
    ...stop,
    id: part === 0 ? id : `${id}.${part}`,
    origin_id: id,
    from: edges[part] as number,
    to: end,
    reason_category: part === 0 ? stop.reason_category : part === 1 ? 'starved' : 'electrical',
  }));
}

/** `burst`: many units at one instant of the batch, so that one of its shifts is much faster than its standard. */
type Counted = {
  readonly batch: Omit<Batch, 'id'>;
  readonly burst: { readonly share: number; readonly good: string } | null;
};
const anyBatch: fc.Arbitrary<Counted> = fc
  .record({
    span: anyInterval,
    running: fc.integer({ min: 0, max: 5 }),
    totals: fc.record({
      good_count: anyTotal,
      scrap_count: anyTotal,
      startup_scrap_count: anyTotal,
      rework_count: anyTotal,
    }),
    trial: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
    /** Where it lost the line and got it back, as shares of its time; null: it does not say when it ran. */
    lost: fc.option(fc.uniqueArray(fc.constantFrom(0, 0.2, 0.35, 0.5, 0.8, 1), { maxLength: 4 }), { nil: null }),
    product_id: fc.constantFrom('P', 'P', 'Q', null),
    material_input: fc.option(fc.constantFrom('30', '99.5', '1500'), { nil: null }),
    burst: fc.option(
      fc.record({ share: fc.constantFrom(0.05, 0.5, 0.95), good: fc.constantFrom('250', '700', '1200') }),
      { nil: null },
    ),
  })
  .map(({ span, running, burst, totals, lost, ...batch }) => ({
    burst,
    // A given total would replace the counts.
    batch: {
      ...batch,
      totals: burst === null ? totals : { ...totals, good_count: null },
      from: span.from,
      to: running === 0 ? null : span.to,
      closed: running !== 0,
      runs: lost === null ? null : runsBetween(span, running === 0, lost),
    },
  }));

/** It has the line from the start to the first edge, from the second one to the third, and so on. */
function runsBetween({ from, to }: Interval, isOpen: boolean, lost: readonly number[]): RunningSpan[] {
  const edges = lost.toSorted((a, b) => a - b).map((share) => from + Math.round((to - from) * share));
  const all = [from, ...edges, ...(edges.length % 2 === 0 ? [to] : [])];
  const runs: RunningSpan[] = [];
  for (let index = 0; index + 1 < all.length; index += 2)
    runs.push({ from: all[index] as number, to: all[index + 1] as number });
  const last = runs.at(-1);
  const lasts = isOpen && edges.length % 2 === 0 && last !== undefined;
  const kept = lasts ? [...runs.slice(0, -1), { ...last, to: null }] : runs;
  return kept.filter((run) => run.to === null || run.from < run.to);
}
const burstsOf = (batches: readonly Counted[]): Omit<Count, 'id'>[] =>
  batches.flatMap(({ batch: { from, to }, burst }, index) =>
    burst === null
      ? []
      : [
          {
            at: from + Math.floor(((to ?? END) - from) * burst.share),
            good: burst.good,
            reject: '0',
            batch_id: `b${index}`,
          },
        ],
  );

const anyCount: fc.Arbitrary<Omit<Count, 'id'>> = fc.record({
  at: anyAt,
  good: anyQuantity,
  reject: anyQuantity,
  batch_id: anyBatchId,
  product_id: fc.constantFrom(null, 'P', 'Q'),
});

const anyScrap: fc.Arbitrary<Omit<Scrap, 'id'>> = fc.record({
  at: anyAt,
  quantity: anyQuantity,
  disposition: fc.constantFrom('scrap' as const, 'rework' as const, 'downgrade' as const),
  phase: fc.constantFrom('production' as const, 'startup' as const),
  batch_id: anyBatchId,
  product_id: fc.constantFrom(null, 'P', 'Q'),
  unit_cost: fc.constantFrom(null, '0.75'),
  given: fc.constantFrom(null, { quantity: '7', unit_cost: '0.33' }),
});

const berlin: ShiftCalendar = {
  ...calendar(
    shift('early', '06:00', '14:00', ['10:00', '10:30']),
    shift('night', '22:00', '06:00', ['01:30', '03:15']),
  ),
  timezone: 'Europe/Berlin',
};

/**
 * A line with overlapping, open, planned, split and micro-stops, batches, trials, counts and all kinds of scrap. Its
 * prices, the costs of its products and their rates have several versions.
 */
export const anyFacts: fc.Arbitrary<LineFacts> = fc
  .record({
    shifts: fc.constantFrom(null, berlin, calendar(shift('all', '00:00', '24:00'))),
    stops: fc.array(anyStop, { maxLength: 8 }),
    batches: fc.array(anyBatch, { maxLength: 3 }),
    counts: fc.array(anyCount, { maxLength: 6 }),
    scraps: fc.array(anyScrap, { maxLength: 5 }),
    running: fc.array(anyInterval, { maxLength: 2 }),
    prices: anyVersions(anyPrices),
    products: fc.tuple(anyVersions(anyCosts), anyVersions(anyCosts)),
    rates: fc.option(anyVersions(fc.constantFrom(null, '45')), { nil: [] }),
  })
  .map(({ shifts, running, prices, products: [costsOfP, costsOfQ], rates, ...facts }) => ({
    ...line({ shifts }),
    timezone: 'Europe/Berlin',
    running,
    prices,
    products: new Map([
      ['P', costsOfP],
      ['Q', costsOfQ],
    ]),
    rates: new Map([['P', rates]]),
    stops: facts.stops.flatMap(partsOf),
    batches: named(
      'b',
      facts.batches.map(({ batch }) => batch),
    ),
    counts: named('c', [...facts.counts, ...burstsOf(facts.batches)]),
    scraps: named('x', facts.scraps),
  }));

function named<T>(prefix: string, items: readonly T[]): (T & { id: string })[] {
  return items.map((item, index) => ({ ...item, id: `${prefix}${index}` }));
}
