import { describe, expect, test } from '@jest/globals';
import { batchPostings, termsOf, type Batch, type LineFacts, type Posting } from '../index.ts';
import { at, batch, calendar, count, EVER, line, scrap, shift, stop, wholeDay } from '../line-fixture.ts';

const options = { hourly_cost: '60', cycle_seconds: '60', unit_cost: '2.00' };

function facts(totals: Partial<Batch['totals']>, more: Partial<LineFacts> = {}, own: Partial<Batch> = {}): LineFacts {
  return line(options, { batches: [batch('B', '08:00', '10:00', totals, own)], ...more });
}

function brief(rows: readonly Posting[]): string[] {
  return rows.map((row) => [row.rule, row.quantity ?? '-', Number(row.time_ms) / 60_000, row.amount].join(' '));
}

describe('slow cycle', () => {
  test('posts production time less the ideal time of the units', () => {
    expect(brief(batchPostings(facts({ good_count: '90' }), ['B']).postings)).toEqual(['slow_cycle - 30 30.0000']);
  });

  test('that is negative has its minutes, no money, and a flag that the standard was beaten', () => {
    const rows = batchPostings(facts({ good_count: '130' }), ['B']);
    expect(brief(rows.postings)).toEqual(['slow_cycle - -10 0.0000']);
    expect(rows.flags).toEqual(['standard_beaten']);
    expect(termsOf(facts({ good_count: '130' }), wholeDay, EVER).flags).toContain('performance_above_1');
  });

  test('limits money once per batch: fast cells offset slow cells', () => {
    const shifts = calendar(shift('a', '08:00', '09:00'), shift('b', '09:00', '10:00'));
    const counts = [count('c1', '08:30', 70, 0, 'B'), count('c2', '09:30', 20, 0, 'B')];
    const two = line({ ...options, shifts }, { batches: [batch('B', '08:00', '10:00')], counts });
    expect(brief(batchPostings(two, ['B']).postings)).toEqual(['slow_cycle - -10 0.0000', 'slow_cycle - 40 30.0000']);
  });

  test('costs nothing when the batch as a whole was faster than its standard, also in a slow cell', () => {
    const shifts = calendar(shift('a', '08:00', '09:00'), shift('b', '09:00', '10:00'));
    const counts = [count('c1', '08:30', 90, 0, 'B'), count('c2', '09:30', 50, 0, 'B')];
    const two = line({ ...options, shifts }, { batches: [batch('B', '08:00', '10:00')], counts });
    expect(brief(batchPostings(two, ['B']).postings)).toEqual(['slow_cycle - -30 0.0000', 'slow_cycle - 10 0.0000']);
  });

  test('is posted when the batch is closed; the start of the next batch closes it too', () => {
    const running = line(options, { batches: [batch('B', '08:00', null, { good_count: '90' })] });
    expect(batchPostings(running, ['B']).postings).toEqual([]);
    const cut = { ...running, batches: [...running.batches, batch('C', '10:00', null)] };
    expect(batchPostings(cut, ['B'])).toMatchObject({
      flags: ['batch_cut_by_next'],
      postings: [{ rule: 'slow_cycle' }],
    });
  });
});

describe('unexplained rejects', () => {
  test('are posted by class: rejects in totals and counts without a scrap event', () => {
    const totals = { good_count: '80', scrap_count: '4', startup_scrap_count: '3', rework_count: '2' };
    expect(brief(batchPostings(facts(totals), ['B']).postings)).toEqual([
      'slow_cycle - 31 31.0000',
      'unexplained_reject 4 4 8.0000',
      'unexplained_startup_reject 3 3 6.0000',
      'unexplained_rework 2 2 2.0000',
    ]);
  });

  test('are not posted when scrap events explain them', () => {
    const scraps = [scrap('x', '09:00', 4, { batch_id: 'B' })];
    expect(brief(batchPostings(facts({ good_count: '80', scrap_count: '4' }, { scraps }), ['B']).postings)).toEqual([
      'slow_cycle - 36 36.0000',
    ]);
  });

  test('count as production scrap when more rejects are counted than totals and scrap events explain', () => {
    const counts = [count('c', '09:00', 80, 10, 'B')];
    const rows = batchPostings(facts({ startup_scrap_count: '3' }, { counts, scraps: [scrap('x', '09:30', 5)] }), [
      'B',
    ]).postings;
    expect(brief(rows)).toEqual([
      'slow_cycle - 30 30.0000',
      'unexplained_reject 2 2 4.0000',
      'unexplained_startup_reject 3 3 6.0000',
    ]);
  });

  test('are explained by a scrap event from the last ones counted before it', () => {
    const shifts = calendar(shift('a', '08:00', '09:00'), shift('b', '09:00', '10:00'));
    const counts = [count('c1', '08:30', 0, 6, 'B'), count('c2', '09:30', 0, 4, 'B')];
    const two = line(
      { ...options, shifts },
      { batches: [batch('B', '08:00', '10:00')], counts, scraps: [scrap('x', '09:45', 5)] },
    );
    const rows = batchPostings(two, ['B']).postings.filter((row) => row.rule === 'unexplained_reject');
    expect(rows.map((row) => [row.quantity, row.occurred_from])).toEqual([['5', at('08:00')]]);
  });

  test('in ramp-up minutes cost their units only', () => {
    const stops = [stop('r', '08:00', '08:30', 'other', { phase: 'startup' })];
    const counts = [count('c', '08:15', 0, 5, 'B'), count('d', '09:15', 60, 0, 'B')];
    expect(brief(batchPostings(facts({}, { stops, counts }), ['B']).postings)).toEqual([
      'slow_cycle - 30 30.0000',
      'ramp_up_reject 5 0 10.0000',
    ]);
    expect(termsOf(facts({}, { stops, counts }), wholeDay, EVER).total_count).toBe('60');
  });

  test('outside of busy time cost their units only', () => {
    const shifts = calendar(shift('a', '12:00', '14:00'));
    const nowhere = line({ ...options, shifts }, { batches: [batch('B', '08:00', '10:00', { scrap_count: '5' })] });
    expect(brief(batchPostings(nowhere, ['B']).postings)).toEqual(['unplaced_reject 5 0 10.0000']);
    expect(termsOf(nowhere, wholeDay, EVER)).toMatchObject({ unplaced_count: '5', total_count: '0' });
  });
});

describe('yield', () => {
  const input = (material_input: string): string[] => {
    const rows = batchPostings(facts({ good_count: '110', scrap_count: '10' }, {}, { material_input }), ['B']);
    return [...brief(rows.postings.filter((row) => row.category === 'yield_loss')), ...rows.flags];
  };

  test('costs material input that was not counted as a unit', () => {
    expect(input('125')).toEqual(['yield 5 0 10.0000']);
  });

  test('uses the cost in force when the batch started, also when it changes before the end', () => {
    const costs = (unit_cost: string) => ({
      unit_cost,
      salvage_value: '0',
      cost_basis: 'full' as const,
      material_cost: null,
    });
    const products = new Map([
      [
        'P',
        [
          { valid_from: null, value: costs('2.00') },
          { valid_from: at('09:00'), value: costs('3.00') },
        ],
      ],
    ]);
    const rows = batchPostings(facts({ good_count: '120' }, { products }, { material_input: '125' }), ['B']).postings;
    expect(brief(rows)).toEqual(['yield 5 0 10.0000']);
  });

  test('that is negative gives a flag and no row', () => {
    expect(input('115')).toEqual(['negative_yield']);
  });
});

describe('a batch posts nothing', () => {
  test('when it is a trial', () => {
    expect(batchPostings(facts({ good_count: '5' }, {}, { trial: true }), ['B']).postings).toEqual([]);
  });

  test('when no units were counted, even with material input', () => {
    expect(batchPostings(facts({}, {}, { material_input: '100' }), ['B'])).toEqual({
      postings: [],
      flags: ['uncounted_batch'],
    });
  });
});
