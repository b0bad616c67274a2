import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  addTerms,
  cellKey,
  cellsOf,
  layTime,
  LEG_NAMES,
  reconcile,
  shares,
  termsOf,
  toCents,
  wantedPostings,
  type Posting,
  type Versions,
} from './index.ts';
import { anyFacts, END, SLOT, START } from './facts-arbitrary.ts';

/** No fact crosses its ends, so its cells are whole. */
const whole = { from: START - 86_400_000, to: END + 86_400_000 };
const LATE = whole.to;
const anyNow = fc.oneof(fc.integer({ min: START, max: END }), fc.constant(LATE));
const runs = { numRuns: 1_000, seed: Number(process.env['PLANTOPS_PROPERTY_SEED'] ?? 20_261_123) };

const sorted = (postings: readonly Posting[]): string[] => postings.map((posting) => JSON.stringify(posting)).sort();

test('the OEE of a window is at most 1 where the performance of each of its batches, and of the time without one, is', () => {
  const seen = { within: 0, above: 0 };
  fc.assert(
    fc.property(
      anyFacts,
      fc.integer({ min: START, max: END }),
      fc.integer({ min: SLOT, max: END - START }),
      (facts, from, ms) => {
        const cells = cellsOf(facts, { from, to: from + ms }, LATE);
        const runsOf = [...Map.groupBy(cells, ({ batch_id }) => batch_id).values()].map((own) =>
          addTerms(...own.map(({ terms }) => terms)),
        );
        if (runsOf.some(({ ideal_total_ms, apt_ms }) => Number(ideal_total_ms) > apt_ms)) {
          seen.above += 1;
          return;
        }
        const { ideal_good_ms, pbt_ms } = addTerms(...runsOf);
        expect(Number(ideal_good_ms)).toBeLessThanOrEqual(pbt_ms);
        if (Number(ideal_good_ms) > 0) seen.within += 1;
      },
    ),
    runs,
  );
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(20);
});

describe('the ladder', () => {
  test('gives every instant exactly one state', () => {
    fc.assert(
      fc.property(anyFacts, anyNow, (facts, now) => {
        const { pieces } = layTime(facts, whole, now);
        let reached = whole.from;
        for (const piece of pieces) {
          expect(piece.from).toBe(reached);
          expect(piece.to).toBeGreaterThan(piece.from);
          reached = piece.to;
        }
        expect(reached).toBe(now);
      }),
      runs,
    );
  });

  test('has every reported instant of a stop once: in a piece of the stop, or masked', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { pieces, masked } = layTime(facts, whole, LATE);
        for (const stop of facts.stops) {
          const parts = [...pieces, ...masked].filter((part) => part.stop_id === stop.id);
          const length = parts.reduce((total, part) => total + part.to - part.from, 0);
          expect(length).toBe((stop.to ?? LATE) - stop.from);
        }
      }),
      runs,
    );
  });

  test('applies the threshold to a split stop as a whole: all of its parts are micro-stops, or no part is', () => {
    const seen = { micro: 0, long: 0 };
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { pieces } = layTime(facts, whole, LATE);
        for (const parts of Map.groupBy(facts.stops, (stop) => stop.origin_id ?? stop.id).values()) {
          if (parts.length < 2) continue;
          const from = Math.min(...parts.map((part) => part.from));
          const to = Math.max(...parts.map((part) => part.to ?? LATE));
          const seconds = parts[0]?.micro_stop_seconds ?? inForce(facts.prices, from).value.micro_stop_seconds;
          const isMicro = to - from < seconds * 1_000;
          const ids = new Set(parts.map(({ id }) => id));
          const states = pieces.flatMap(({ stop_id, state }) => (ids.has(stop_id ?? '') ? [state] : []));
          for (const state of states.filter((one) => ['stop', 'delay', 'micro_stop'].includes(one))) {
            expect(state === 'micro_stop').toBe(isMicro);
            seen[isMicro ? 'micro' : 'long'] += 1;
          }
        }
      }),
      runs,
    );
    expect(seen.micro).toBeGreaterThan(20);
    expect(seen.long).toBeGreaterThan(20);
  });

  test('does not change by a count of zero, of any batch or none, nor do the postings', () => {
    const zeros = fc.array(fc.record({ at: fc.integer({ min: START, max: END }), batch: fc.nat(9) }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(anyFacts, zeros, anyNow, (facts, added, now) => {
        const counts = added.map(({ at, batch }, index) => ({
          id: `zero ${index}`,
          at,
          good: '0',
          reject: '0',
          batch_id: facts.batches[batch]?.id ?? null,
        }));
        const other = { ...facts, counts: [...facts.counts, ...counts] };
        expect(cellsOf(other, whole, now)).toEqual(cellsOf(facts, whole, now));
        expect(sorted(wantedPostings(other))).toEqual(sorted(wantedPostings(facts)));
      }),
      runs,
    );
  });

  test('is the same when it is laid in one window or in two', () => {
    fc.assert(
      fc.property(anyFacts, fc.integer({ min: START, max: END }), (facts, cut) => {
        const stateAt = (at: number, pieces: readonly { from: number; to: number }[]): unknown => {
          const piece = pieces.find(({ from, to }) => from <= at && at < to);
          return piece === undefined ? undefined : { ...piece, from: 0, to: 0 };
        };
        const one = layTime(facts, whole, LATE).pieces;
        const two = [
          ...layTime(facts, { from: whole.from, to: cut }, LATE).pieces,
          ...layTime(facts, { from: cut, to: whole.to }, LATE).pieces,
        ];
        for (let at = START; at < END; at += SLOT) expect(stateAt(at, two)).toEqual(stateAt(at, one));
      }),
      { numRuns: 50 },
    );
  });
});

describe('terms', () => {
  test('of adjacent windows add up to those of the whole window', () => {
    fc.assert(
      fc.property(anyFacts, anyNow, fc.integer({ min: START, max: END }), (facts, now, cut) => {
        const parts = addTerms(
          termsOf(facts, { from: whole.from, to: cut }, now),
          termsOf(facts, { from: cut, to: whole.to }, now),
        );
        expect(parts).toEqual(termsOf(facts, whole, now));
      }),
      runs,
    );
  });

  test('of a cell explain every millisecond of planned busy time', () => {
    fc.assert(
      fc.property(anyFacts, anyNow, (facts, now) => {
        for (const cell of cellsOf(facts, whole, now)) {
          const posted = LEG_NAMES.map((category) => ({ category, time_ms: cell.legs[category] }));
          expect(reconcile([cell], posted).imbalance_ms).toBe(0);
        }
      }),
      runs,
    );
  });
});

describe('the ledger', () => {
  test('equals the ladder in every cell', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const postings = wantedPostings(facts);
        const { pieces } = layTime(facts, whole, LATE);
        for (const cell of cellsOf(facts, whole, LATE)) {
          const own = pieces.filter((piece) => cellKey(piece) === cell.key);
          const rows = postings.filter(({ occurred_from: at }) => own.some(({ from, to }) => from <= at && at < to));
          expect(reconcile([cell], rows)).toMatchObject({ imbalance_ms: 0 });
        }
      }),
      runs,
    );
  });

  test('does not depend on the order of the facts', () => {
    fc.assert(
      fc.property(
        anyFacts.chain((facts) =>
          fc.record({
            facts: fc.constant(facts),
            stops: shuffled(facts.stops),
            batches: shuffled(facts.batches),
            counts: shuffled(facts.counts),
            scraps: shuffled(facts.scraps),
          }),
        ),
        ({ facts, ...lists }) => {
          const other = { ...facts, ...lists };
          expect(sorted(wantedPostings(other))).toEqual(sorted(wantedPostings(facts)));
          expect(termsOf(other, whole, LATE)).toEqual(termsOf(facts, whole, LATE));
        },
      ),
      runs,
    );
  });

  test('has the same rows for a source, whether or not other sources are computed with it', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const all = Map.groupBy(wantedPostings(facts), ({ source_id }) => source_id);
        const none = { stop_ids: [], scrap_ids: [], batch_ids: [] };
        for (const { id } of facts.batches)
          expect(wantedPostings(facts, { ...none, batch_ids: [id] })).toEqual(all.get(id) ?? []);
        for (const { id } of facts.scraps)
          expect(wantedPostings(facts, { ...none, scrap_ids: [id] })).toEqual(all.get(id) ?? []);
        for (const { id } of facts.stops)
          expect(wantedPostings(facts, { ...none, stop_ids: [id] })).toEqual(all.get(id) ?? []);
      }),
      runs,
    );
  });

  test('has no negative amount, also for the slow shift of a batch that was fast as a whole', () => {
    let fastBatchesWithSlowCells = 0;
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const postings = wantedPostings(facts);
        for (const { amount } of postings) expect(Number(amount)).toBeGreaterThanOrEqual(0);
        const slow = postings.filter(({ rule }) => rule === 'slow_cycle');
        for (const ofBatch of Map.groupBy(slow, ({ batch_id }) => batch_id).values()) {
          const times = ofBatch.map(({ time_ms }) => Number(time_ms));
          const net = times.reduce((total, time) => total + time, 0);
          if (net < 0 && times.some((time) => time > 0)) fastBatchesWithSlowCells += 1;
        }
      }),
      runs,
    );
    expect(fastBatchesWithSlowCells).toBeGreaterThan(20);
  });

  test('prices every row with the prices and costs in force when the row began', () => {
    const seen = { laterPrices: 0, yields: 0, laterCosts: 0 };
    fc.assert(
      fc.property(anyFacts, (facts) => {
        for (const row of wantedPostings(facts)) {
          const prices = inForce(facts.prices, row.occurred_from);
          if (row.hourly_cost !== null) expect(row.hourly_cost).toBe(prices.value.hourly_cost);
          if (row.hourly_cost !== null && !prices.isFirst) seen.laterPrices += 1;
          if (row.rule !== 'yield') continue;
          const costs = inForce(facts.products.get(row.product_id ?? '') ?? [], row.occurred_from);
          expect(row.unit_cost).toBe(costs.value.material_cost ?? costs.value.unit_cost);
          seen.yields += 1;
          if (!costs.isFirst) seen.laterCosts += 1;
        }
      }),
      runs,
    );
    for (const times of Object.values(seen)) expect(times).toBeGreaterThan(20);
  });

  test('splits into shares that add up to exactly 100', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(0 as const, 2 as const), (facts, decimals) => {
        const totals = [...Map.groupBy(wantedPostings(facts), ({ category }) => category).values()].map((rows) =>
          toCents(...rows.map(({ amount }) => amount)),
        );
        const parts = shares(totals, decimals);
        const hundredths = parts.reduce<number>((sum, part) => sum + Math.round((part ?? 0) * 100), 0);
        expect(hundredths).toBe(totals.some((total) => Number(total) > 0) ? 10_000 : 0);
      }),
      runs,
    );
  });

  test('has unique rows by source, rule, start and batch', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const keys = wantedPostings(facts).map((row) =>
          [row.source_id, row.rule, row.occurred_from, row.batch_id].join(),
        );
        expect(new Set(keys).size).toBe(keys.length);
      }),
      runs,
    );
  });

  test('prices each unit once: the units of all rows are the rejects of the terms', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const closed = { ...facts, batches: facts.batches.filter((batch) => !batch.trial), counts: [] };
        const terms = termsOf(closed, whole, LATE);
        const units = wantedPostings(closed).filter(({ rule, time_ms }) => rule !== 'yield' && time_ms !== '0');
        const paid = units.reduce((total, row) => total + Number(row.quantity ?? 0), 0);
        const rejected = Number(terms.total_count) - Number(terms.good_count);
        const open = closed.batches.some((batch) => batch.to === null);
        if (!open) expect(paid).toBeCloseTo(rejected, 4);
      }),
      runs,
    );
  });
});

/** The version in force at an instant: the last one that has begun, else the first. */
function inForce<T>(versions: Versions<T>, at: number): { value: T; isFirst: boolean } {
  const byStart = versions.toSorted((a, b) => (a.valid_from ?? -Infinity) - (b.valid_from ?? -Infinity));
  const begun = byStart.filter(({ valid_from }) => (valid_from ?? -Infinity) <= at);
  const known = begun.at(-1) ?? byStart[0];
  if (known === undefined) throw new Error('no version at all');
  return { value: known.value, isFirst: known === byStart[0] };
}

function shuffled<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}
