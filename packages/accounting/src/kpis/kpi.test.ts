import { describe, expect, test } from '@jest/globals';
import { addTerms, downtimeMinutes, kpis, noTerms, termsOf, unitRatios, type LineFacts } from '../index.ts';
import { at, batch, calendar, count, EVER, line, scrap, shift, stop, wholeDay, window } from '../line-fixture.ts';

const options = { cycle_seconds: '60' };

describe('undefined figures are null', () => {
  test('without busy time only OOE and TEEP are defined', () => {
    const { terms, flags, ...figures } = kpis(termsOf(line(options), wholeDay, EVER));
    expect(figures).toEqual({ availability: null, performance: null, quality: null, oee: null, ooe: 0, teep: 0 });
    expect([terms.unassigned_minutes, flags]).toEqual([1440, ['unassigned_time']]);
  });

  test('OEE is 0, not null, when the line was busy and made no units', () => {
    const facts = line(options, { stops: [stop('s', '08:00', '09:00', 'mechanical')] });
    expect(kpis(termsOf(facts, wholeDay, EVER))).toMatchObject({
      availability: 0,
      performance: null,
      quality: null,
      oee: 0,
    });
  });

  test('in a window with uncounted batches only, just availability is known', () => {
    const facts = line(options, {
      batches: [batch('B', '08:00', '10:00')],
      stops: [stop('s', '08:00', '08:30', 'other')],
    });
    const result = kpis(termsOf(facts, wholeDay, EVER));
    expect(result).toMatchObject({
      availability: 0.75,
      performance: null,
      quality: null,
      oee: null,
      ooe: null,
      teep: null,
    });
    expect(result.terms.uncounted_minutes).toBe(90);
    expect(result.flags).toContain('uncounted_batch');
  });

  test('time after now is in no figure', () => {
    const facts = line(options, { batches: [batch('B', '08:00', null)], counts: [count('c', '09:00', 30)] });
    expect(termsOf(facts, wholeDay, at('08:30'))).toMatchObject({
      calendar_ms: 8.5 * 3_600_000,
      pbt_ms: 30 * 60_000,
      good_count: '0',
    });
    expect(termsOf(facts, wholeDay, at('00:00'))).toEqual(noTerms);
  });
});

describe('units inside of a stop', () => {
  const flagged = (counted: string, of: Parameters<typeof stop>) =>
    termsOf(
      line(options, {
        batches: [batch('B', '06:00', '14:00')],
        counts: [count('c', counted, 5)],
        stops: [stop(...of)],
      }),
      wholeDay,
      EVER,
    ).flags.includes('units_inside_stop');

  test.each<[string, string, Parameters<typeof stop>, boolean]>([
    ['are flagged', '08:30', ['s', '08:00', '09:00', 'mechanical'], true],
    ['in a planned stop, too', '08:30', ['s', '08:00', '09:00', 'cleaning', { is_planned: true }], true],
    ['that come late were made before it', '08:02', ['s', '08:00', '09:00', 'mechanical'], false],
    ['a little later they were not', '08:03', ['s', '08:00', '09:00', 'mechanical'], true],
    ['at its end were made after it', '09:00', ['s', '08:00', '09:00', 'mechanical'], false],
    ['are made in a micro-stop', '08:04', ['s', '08:00', '08:04', 'mechanical'], false],
    ['are made in ramp-up', '08:30', ['s', '08:00', '09:00', 'other', { phase: 'startup' }], false],
  ])('%s', (_, counted, of, expected) => expect(flagged(counted, of)).toBe(expected));
});

describe('units', () => {
  const good = (facts: LineFacts, from: string, to: string): string =>
    termsOf(facts, window(from, to), EVER).good_count;

  test('counts are scaled down when the batch’s total is smaller', () => {
    const counts = [count('c1', '08:30', 30, 0, 'B'), count('c2', '09:30', 60, 0, 'B')];
    const facts = line(options, { batches: [batch('B', '08:00', '10:00', { good_count: '60' })], counts });
    expect([good(facts, '08:00', '09:00'), good(facts, '09:00', '10:00')]).toEqual(['20', '40']);
  });

  test('a scrap event never lowers the good units', () => {
    const facts = line(options, {
      batches: [batch('B', '08:00', '10:00', { good_count: '60' })],
      scraps: [scrap('x', '09:00', 5)],
    });
    expect(termsOf(facts, wholeDay, EVER)).toMatchObject({ good_count: '60', scrap_count: '5', total_count: '65' });
  });

  test('a batch’s units keep the ideal cycle of its start when the rate changes later', () => {
    const rates = new Map([
      [
        'P',
        [
          { valid_from: null, value: '30' },
          { valid_from: at('09:00'), value: '99' },
        ],
      ],
    ]);
    const facts = line(options, { rates, batches: [batch('B', '08:00', '10:00', { good_count: '100' })] });
    expect(termsOf(facts, wholeDay, EVER).ideal_good_ms).toBe('3000000');
  });

  test('without a batch have the line’s cycle at the shift’s start', () => {
    const price = { hourly_cost: '1', micro_stop_seconds: 300 };
    const facts: LineFacts = {
      ...line({ shifts: calendar(shift('a', '08:00', '10:00')) }, { counts: [count('c', '09:30', 10)] }),
      prices: [
        { valid_from: null, value: { ...price, ideal_cycle_seconds: '60' } },
        { valid_from: at('09:00'), value: { ...price, ideal_cycle_seconds: '10' } },
      ],
    };
    expect(termsOf(facts, wholeDay, EVER)).toMatchObject({ ideal_good_ms: '600000', pbt_ms: 7_200_000 });
  });

  test('of a trial are in no KPI', () => {
    const facts = line(options, { batches: [batch('B', '08:00', '10:00', { good_count: '60' }, { trial: true })] });
    expect(termsOf(facts, wholeDay, EVER)).toMatchObject({ good_count: '0', planned_stop_ms: 7_200_000, pbt_ms: 0 });
  });
});

test('addTerms has a neutral element and joins flags', () => {
  const one = termsOf(line(options), wholeDay, EVER);
  expect(addTerms(one, noTerms)).toEqual(one);
  expect(addTerms(one, one).flags).toEqual(['unassigned_time']);
  expect(addTerms()).toEqual(noTerms);
});

test('scrap ratio, rework ratio and first pass yield are ratios of quantities', () => {
  const terms = {
    ...noTerms,
    total_count: '200',
    good_count: '180',
    scrap_count: '12',
    startup_scrap_count: '4',
    rework_count: '4',
  };
  expect(unitRatios(terms)).toEqual({ scrap_ratio: 0.08, rework_ratio: 0.02, first_pass_yield: 0.9 });
  expect(unitRatios(noTerms)).toEqual({ scrap_ratio: null, rework_ratio: null, first_pass_yield: null });
  expect(downtimeMinutes({ ...noTerms, unplanned_stop_ms: 60_000, delay_ms: 30_000, micro_stop_ms: 15_000 })).toBe(
    1.75,
  );
});
