import { describe, expect, test } from '@jest/globals';
import { layTime, scrapPostings, stopPostings, type LineFacts, type Posting, type Scrap, type Stop } from '../index.ts';
import { at, batch, calendar, EVER, line, scrap, shift, stop, wholeDay } from '../line-fixture.ts';

const options = { hourly_cost: '120', cycle_seconds: '30', unit_cost: '4.00', salvage_value: '0.50' };

function rowsOf(facts: LineFacts): Posting[] {
  return stopPostings(facts, layTime(facts, wholeDay, EVER).pieces);
}

function oneStop(...args: Parameters<typeof stop>): Posting | undefined {
  return rowsOf(line(options, { stops: [stop(...args)], batches: [batch('B', '06:00', '14:00')] }))[0];
}

describe('a stop', () => {
  test('is posted with its time, the rate in force and the amount', () => {
    expect(oneStop('s', '08:00', '08:20', 'mechanical')).toEqual({
      category: 'downtime_loss',
      rule: 'stop',
      rule_version: 1,
      source_type: 'downtime',
      source_id: 's',
      batch_id: 'B',
      product_id: 'P',
      quantity: null,
      unit_cost: null,
      time_ms: '1200000',
      hourly_cost: '120',
      amount: '40.0000',
      occurred_from: at('08:00'),
      occurred_to: at('08:20'),
      business_date: '2026-03-02',
      is_avoidable: true,
    });
  });

  test.each([
    ['starved', {}, 'downtime_loss', 'delay'],
    ['changeover', { is_planned: true }, 'changeover_loss', 'changeover'],
    ['cleaning', { phase: 'startup' }, 'startup_loss', 'ramp_up'],
  ] as const)('%s posts %s as %s', (reason_category, more, category, rule) => {
    expect(oneStop('s', '08:00', '08:20', reason_category, more)).toMatchObject({ category, rule, amount: '40.0000' });
  });

  test('shorter than the threshold is a speed loss', () => {
    const row = oneStop('s', '08:00', '08:04', 'other');
    expect(row).toMatchObject({ category: 'speed_loss', rule: 'micro_stop', amount: '8.0000' });
  });

  test('has no row while it is open, planned, excluded or in a trial', () => {
    expect(oneStop('s', '08:00', null, 'mechanical')).toBeUndefined();
    expect(oneStop('s', '08:00', '09:00', 'cleaning', { is_planned: true })).toBeUndefined();
    expect(oneStop('s', '08:00', '09:00', 'utilities', { is_excluded: true })).toBeUndefined();
    const trial = line(options, {
      stops: [stop('s', '08:00', '09:00', 'mechanical')],
      batches: [batch('B', '06:00', '14:00', {}, { trial: true })],
    });
    expect(rowsOf(trial)).toEqual([]);
  });

  test('has one row for each unmasked piece, cut at shift edges, with the price of each piece', () => {
    const price = { ideal_cycle_seconds: '30', micro_stop_seconds: 300 };
    const facts: LineFacts = {
      ...line({ shifts: calendar(shift('early', '06:00', '14:00'), shift('late', '14:00', '22:00')) }),
      prices: [
        { valid_from: null, value: { ...price, hourly_cost: '120' } },
        { valid_from: at('13:50'), value: { ...price, hourly_cost: '150' } },
      ],
      stops: [stop('s', '13:00', '15:00', 'mechanical'), stop('b', '13:20', '13:30', 'break', { is_planned: true })],
    };
    expect(rowsOf(facts).map((row) => [row.time_ms, row.hourly_cost, row.amount])).toEqual([
      ['1200000', '120', '40.0000'],
      ['1800000', '120', '60.0000'],
      ['3600000', '150', '150.0000'],
    ]);
  });

  test('has no row while the line’s price is unknown', () => {
    expect(rowsOf({ ...line(options, { stops: [stop('s', '08:00', '08:20', 'other')] }), prices: [] })).toEqual([]);
  });

  test('is avoidable, except changeover, safety, utilities and reasons that the reason tree marks as unavoidable', () => {
    const avoidable = (category: string, more: Partial<Stop> = {}): boolean | undefined =>
      oneStop('s', '08:00', '08:20', category, more)?.is_avoidable;
    expect(['mechanical', 'changeover', 'safety', 'utilities'].map((category) => avoidable(category))).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect(avoidable('mechanical', { is_unavoidable: true })).toBe(false);
  });
});

describe('a scrap event', () => {
  const scrapPosting = (one: Scrap, facts: LineFacts): Posting | undefined => scrapPostings(facts, [one])[0];
  const facts = (more: Partial<LineFacts> = {}, cost_basis: 'full' | 'material' = 'full'): LineFacts =>
    line({ ...options, cost_basis }, { batches: [batch('B', '06:00', '14:00')], ...more });
  const post = (more: Partial<Scrap>, cost_basis: 'full' | 'material' = 'full'): Posting | undefined =>
    scrapPosting(scrap('x', '08:00', 10, more), facts({}, cost_basis));

  test('costs its value; the row has the machine minutes on both cost bases', () => {
    const full = { unit_cost: '3.5', hourly_cost: null, time_ms: '300000', amount: '35.0000' };
    expect(post({})).toMatchObject({
      category: 'scrap_loss',
      rule: 'scrap',
      batch_id: 'B',
      product_id: 'P',
      quantity: '10',
      ...full,
    });
    expect(post({}, 'material')).toMatchObject({
      unit_cost: '3.5',
      hourly_cost: '120',
      time_ms: '300000',
      amount: '45.0000',
    });
  });

  test('of downgraded units costs the lost value, of reworked units the minutes and the cost of rework', () => {
    expect(post({ disposition: 'downgrade' })).toMatchObject({
      category: 'quality_loss',
      rule: 'downgrade',
      amount: '35.0000',
    });
    expect(post({ disposition: 'rework' })).toMatchObject({
      category: 'quality_loss',
      rule: 'rework',
      unit_cost: '0',
      amount: '10.0000',
    });
    expect(post({ disposition: 'rework', unit_cost: '0.30' }, 'material')).toMatchObject({
      unit_cost: '0.3',
      amount: '13.0000',
    });
  });

  test('in phase startup is a startup loss', () => {
    expect(post({ phase: 'startup' })).toMatchObject({
      category: 'startup_loss',
      rule: 'startup_scrap',
      amount: '35.0000',
    });
  });

  test('in ramp-up minutes costs its units only, because the minutes are posted already', () => {
    const ramp = facts({ stops: [stop('r', '07:30', '08:30', 'other', { phase: 'startup' })] }, 'material');
    expect(scrapPosting(scrap('x', '08:00', 10), ramp)).toMatchObject({ time_ms: '0', amount: '35.0000' });
  });

  test('may have its own unit cost; the salvage value never makes it negative', () => {
    expect(post({ unit_cost: '6.00' })).toMatchObject({ unit_cost: '5.5', amount: '55.0000' });
    expect(post({ unit_cost: '0.20' })).toMatchObject({ unit_cost: '0', amount: '0.0000' });
  });

  test('whose own cost was given in another unit costs given quantity × given cost, whatever the factor is', () => {
    const free = (more: Partial<Scrap>) =>
      scrapPosting(
        scrap('x', '08:00', 1e8, { unit_cost: '0', ...more }),
        line({ ...options, salvage_value: '0' }, { batches: [batch('B', '06:00', '14:00')] }),
      );
    // A pallet of a hundred million units: what one of them costs is less than a millionth.
    const pallet = { given: { quantity: '1', unit_cost: '40' } };
    expect(free(pallet)).toMatchObject({ quantity: '100000000', unit_cost: '0.0000004', amount: '40.0000' });
    expect(free({ ...pallet, disposition: 'rework' })).toMatchObject({ unit_cost: '0.0000004' });
    const thirds = { quantity: '3000000', unit_cost: '3.333333', given: { quantity: '1000000', unit_cost: '10' } };
    expect(free(thirds)).toMatchObject({ quantity: '3000000', amount: '10000000.0000' });
  });

  test('has a cost of six decimals where they give the same amount, and takes off the salvage value', () => {
    const dozen = { unit_cost: '6', given: { quantity: '120', unit_cost: '0.5' } };
    expect(post(dozen)).toMatchObject({ quantity: '10', unit_cost: '5.5', amount: '55.0000' });
    const box = scrap('x', '08:00', 3, { unit_cost: '3.333333', given: { quantity: '1', unit_cost: '10' } });
    expect(scrapPosting(box, facts())).toMatchObject({ quantity: '3', unit_cost: '2.833333', amount: '8.5000' });
    const cheap = scrap('x', '08:00', 3, { unit_cost: '0.1', given: { quantity: '1', unit_cost: '0.3' } });
    expect(scrapPosting(cheap, facts())).toMatchObject({ quantity: '3', unit_cost: '0', amount: '0.0000' });
  });

  test('that was logged after its batch is placed at the last busy instant of the batch', () => {
    const late = scrapPosting(scrap('x', '15:00', 10, { batch_id: 'B' }), facts());
    expect(late).toMatchObject({ occurred_from: at('14:00') - 1, time_ms: '300000', batch_id: 'B' });
    const inBreak = facts({ stops: [stop('p', '07:45', '08:15', 'break', { is_planned: true })] });
    expect(scrapPosting(scrap('x', '08:00', 10), inBreak)?.occurred_from).toBe(at('07:45') - 1);
  });

  test('outside of busy time costs its units without machine time', () => {
    const idle = scrapPosting(scrap('x', '16:00', 10, { product_id: 'P' }), facts());
    expect(idle).toMatchObject({ occurred_from: at('16:00'), time_ms: '0', amount: '35.0000', batch_id: null });
  });

  test('has no row while its product or line is unknown, or in a trial', () => {
    expect(post({ product_id: 'unknown' })).toBeUndefined();
    expect(scrapPosting(scrap('x', '08:00', 10), { ...facts(), prices: [] })).toBeUndefined();
    const trial = facts({ batches: [batch('B', '06:00', '14:00', {}, { trial: true })] });
    expect(scrapPosting(scrap('x', '08:00', 10), trial)).toBeUndefined();
  });

  test('without product and cost has a row without a value', () => {
    expect(scrapPosting(scrap('x', '16:00', 10), facts())).toMatchObject({
      quantity: '10',
      unit_cost: null,
      amount: '0.0000',
    });
  });

  test('uses the product’s rate on the line at the batch’s start', () => {
    const rates = new Map([
      [
        'P',
        [
          { valid_from: null, value: '60' },
          { valid_from: at('07:00'), value: '90' },
        ],
      ],
    ]);
    expect(scrapPosting(scrap('x', '08:00', 10), facts({ rates }))?.time_ms).toBe('600000');
  });
});
