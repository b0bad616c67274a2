import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { correct, liveRows, toCents, wantedPostings, type Correction, type PostedRow, type Posting } from '../index.ts';
import { anyFacts } from '../facts-arbitrary.ts';
import { batch, line, stop } from '../line-fixture.ts';

const facts = line({}, { stops: [stop('s', '08:00', '09:00', 'mechanical')], batches: [batch('B', '06:00', '14:00')] });
const wanted = wantedPostings(facts);

/** The ledger after a correction. */
function append(ledger: readonly PostedRow[], { reversals, postings }: Correction): PostedRow[] {
  const rows = [...reversals, ...postings.map((posting) => ({ ...posting, reverses_id: null }))];
  return [...ledger, ...rows.map((row, index) => ({ ...row, id: `r${ledger.length + index}` }))];
}

const content = (rows: readonly Posting[]): string[] =>
  rows.map((row) => JSON.stringify({ ...row, id: undefined, reverses_id: undefined })).sort();

describe('a correction', () => {
  test('posts missing rows; a second correction is empty', () => {
    const ledger = append([], correct([], wanted));
    expect(content(ledger)).toEqual(content(wanted));
    expect(correct(ledger, wanted)).toEqual({ reversals: [], postings: [] });
  });

  test('is a reversal and a new posting, never an update', () => {
    const ledger = append([], correct([], wanted));
    const dearer = wantedPostings({
      ...facts,
      ...line({ hourly_cost: '90' }),
      stops: facts.stops,
      batches: facts.batches,
    });
    const { reversals, postings } = correct(ledger, dearer);
    expect(reversals).toMatchObject([
      { reverses_id: 'r0', amount: '-60.0000', time_ms: '-3600000', category: 'downtime_loss' },
    ]);
    expect(postings).toMatchObject([{ amount: '90.0000', hourly_cost: '90' }]);
  });

  test('compares decimals by value, because a database may return another notation', () => {
    const stored = append([], correct([], wanted)).map((row) => ({
      ...row,
      hourly_cost: '60.0000',
      time_ms: '3600000.000000',
      amount: '60.0',
    }));
    expect(correct(stored, wanted)).toEqual({ reversals: [], postings: [] });
  });

  test('gives the wanted rows from any ledger, and a ledger without wanted rows sums to zero', () => {
    fc.assert(
      fc.property(fc.array(anyFacts, { minLength: 1, maxLength: 3 }), (states) => {
        let ledger: PostedRow[] = [];
        for (const state of states) {
          ledger = append(ledger, correct(ledger, wantedPostings(state)));
          expect(content(liveRows(ledger))).toEqual(content(wantedPostings(state)));
        }
        ledger = append(ledger, correct(ledger, []));
        expect(liveRows(ledger)).toEqual([]);
        expect(toCents(...ledger.map((row) => row.amount))).toBe('0.00');
        expect(toCents(...ledger.map((row) => row.time_ms))).toBe('0.00');
      }),
      { numRuns: 1_000 },
    );
  });

  test('does not depend on the order of its inputs', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (before, after) => {
        const ledger = append([], correct([], wantedPostings(before)));
        const target = wantedPostings(after);
        expect(correct(ledger.toReversed(), target.toReversed())).toEqual(correct(ledger, target));
      }),
      { numRuns: 1_000 },
    );
  });
});
