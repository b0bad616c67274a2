import { describe, expect, test } from '@jest/globals';
import {
  addTerms,
  batchPostings,
  cellsOf,
  kpis,
  noTerms,
  reconcile,
  reliability,
  reliabilityTerms,
  shares,
  termsOf,
  toCents,
  wantedPostings,
  type LineFacts,
  type Posting,
} from './index.ts';
import { at, batch, calendar, count, EVER, line, scrap, shift, stop, wholeDay, window } from './line-fixture.ts';

function totals(postings: readonly Posting[]): Record<string, string> {
  const categories = [...new Set(postings.map((posting) => posting.category))].sort();
  const amounts = (category: string): string[] =>
    postings.filter((posting) => posting.category === category).map((posting) => posting.amount);
  return {
    ...Object.fromEntries(categories.map((category) => [category, toCents(...amounts(category))])),
    total: toCents(...postings.map((posting) => posting.amount)),
  };
}

function percent(value: number | null): string {
  return value === null ? 'null' : (value * 100).toFixed(2);
}

const minutes = (ms: string | number): number => Number((Number(ms) / 60_000).toFixed(4));

describe('Vorne', () => {
  const shifts = calendar(shift('day', '06:00', '14:00', ['09:00', '09:30'], ['12:00', '12:30']));
  const facts = (cost_basis: 'full' | 'material'): LineFacts =>
    line(
      { shifts, cycle_seconds: '1.0', hourly_cost: '600', unit_cost: '0.50', cost_basis },
      {
        stops: [
          stop('s1', '07:00', '07:30', 'mechanical'),
          stop('s2', '10:00', '10:17', 'changeover', { is_planned: true }),
        ],
        batches: [
          batch('B', '06:00', '14:00', { good_count: '18848', startup_scrap_count: '123', scrap_count: '300' }),
        ],
      },
    );

  test('gives 88.81, 86.11, 97.80 and 74.79 %', () => {
    const result = kpis(termsOf(facts('full'), wholeDay, EVER));
    expect(result.terms).toMatchObject({
      pbt_minutes: 420,
      apt_minutes: 373,
      planned_stop_minutes: 60,
      total_count: 19271,
    });
    expect([result.availability, result.performance, result.quality, result.oee].map(percent)).toEqual([
      '88.81',
      '86.11',
      '97.80',
      '74.79',
    ]);
  });

  test('accounts for every minute and every amount on cost basis material', () => {
    const postings = wantedPostings(facts('material'));
    expect(totals(postings)).toEqual({
      changeover_loss: '170.00',
      downtime_loss: '300.00',
      scrap_loss: '200.00',
      speed_loss: '518.17',
      startup_loss: '82.00',
      total: '1270.17',
    });
    const result = reconcile(cellsOf(facts('material'), wholeDay, EVER), postings);
    expect(Object.values(result.ledger).map(minutes)).toEqual([30, 17, 51.8167, 5, 0, 2.05]);
    expect(minutes(result.good_ms)).toBe(314.1333);
    expect(result).toMatchObject({ imbalance_ms: 0, unposted_ms: '0', pbt_ms: 420 * 60_000, good_ms: '18848000' });
  });

  test('prices units once on cost basis full', () => {
    expect(totals(wantedPostings(facts('full')))).toMatchObject({
      startup_loss: '61.50',
      scrap_loss: '150.00',
      total: '1199.67',
    });
  });
});

test('roll-up adds terms: 65.0 %, not the mean of 75 and 25', () => {
  const hours = (pbt: number, good: number): typeof noTerms => ({
    ...noTerms,
    pbt_ms: pbt,
    ideal_good_ms: String(good),
  });
  expect(kpis(addTerms(hours(480, 360), hours(120, 30))).oee).toBe(0.65);
});

test('waycalculator: 87.5, 95.24, 95.0 and 79.17 %', () => {
  const facts = line(
    { shifts: calendar(shift('day', '06:00', '14:00')), cycle_seconds: '60' },
    {
      stops: [stop('s', '08:00', '09:00', 'mechanical')],
      batches: [batch('B', '06:00', '14:00', { good_count: '380', scrap_count: '20' })],
    },
  );
  const result = kpis(termsOf(facts, wholeDay, EVER));
  expect([result.availability, result.performance, result.quality, result.oee].map(percent)).toEqual([
    '87.50',
    '95.24',
    '95.00',
    '79.17',
  ]);
});

test('thresholds: ten stops of 10 s with a threshold of 4 s are downtime, the rest is slow cycles', () => {
  const second = (s: number): string => new Date(at('06:00') + s * 1000).toISOString();
  const stops = Array.from({ length: 10 }, (_, i) => stop(`s${i}`, second(i * 50), second(i * 50 + 10), 'other'));
  const facts = line(
    { cycle_seconds: '20', micro_stop_seconds: 4 },
    { stops, batches: [batch('B', '06:00', second(520), { good_count: '20' })] },
  );
  const terms = termsOf(facts, wholeDay, EVER);
  const slow = batchPostings(facts, ['B']).postings.find((posting) => posting.rule === 'slow_cycle');
  expect(terms.unplanned_stop_ms).toBe(100_000);
  expect(slow?.time_ms).toBe('20000');
  expect(terms.pbt_ms - Number(terms.ideal_good_ms)).toBe(120_000);
});

test('shares: 2,500 and 1,800 of 5,430.25 are 46 and 33 %, and all shares add up to 100', () => {
  const parts = shares(['2500', '1800', '1130.25'], 0);
  expect(parts).toEqual([46, 33, 21]);
});

describe('Day', () => {
  const prices = { ideal_cycle_seconds: '30', micro_stop_seconds: 300 };
  const facts = line(
    {
      shifts: calendar(shift('early', '06:00', '14:00', ['10:00', '10:30']), shift('late', '14:00', '22:00')),
      unit_cost: '4.00',
      salvage_value: '0.50',
    },
    {
      prices: [
        { valid_from: null, value: { ...prices, hourly_cost: '120' } },
        { valid_from: at('14:00'), value: { ...prices, hourly_cost: '150' } },
      ],
      stops: [
        stop('s1', '06:00', '06:30', 'changeover', { is_planned: true }),
        stop('s2', '09:50', '10:40', 'mechanical'),
        stop('s3', '11:00', '11:04', 'other'),
        stop('s4', '13:57', '14:03', 'electrical'),
        stop('s5', '16:00', '16:20', 'no_material'),
      ],
      batches: [batch('B', '06:30', '15:00', { good_count: '760', scrap_count: '20' })],
    },
  );
  const terms = termsOf(facts, wholeDay, EVER);
  const postings = wantedPostings(facts);

  test('gives the minutes of the ladder', () => {
    expect(kpis(terms).terms).toMatchObject({
      pot_minutes: 960,
      planned_stop_minutes: 30,
      unassigned_minutes: 400,
      pbt_minutes: 530,
      unplanned_stop_minutes: 46,
      delay_minutes: 0,
      changeover_minutes: 30,
      micro_stop_minutes: 4,
      apt_minutes: 454,
    });
    expect(terms.flags).toEqual(['unassigned_time']);
  });

  test('gives 85.66, 85.90, 97.44, 71.70 and 39.58 %', () => {
    const { availability, performance, quality, oee, ooe } = kpis(terms);
    expect([availability, performance, quality, oee, ooe].map(percent)).toEqual([
      '85.66',
      '85.90',
      '97.44',
      '71.70',
      '39.58',
    ]);
  });

  test('splits the units by running time: 681.2 and 98.8, with 52.4 and 7.6 minutes of slow cycles', () => {
    const ofBatch = cellsOf(facts, wholeDay, EVER).filter((cell) => cell.batch_id === 'B');
    expect(ofBatch.map((cell) => cell.terms.total_count)).toEqual(['681.2', '98.8']);
    const slow = postings.filter((posting) => posting.rule === 'slow_cycle');
    expect(slow.map((posting) => minutes(posting.time_ms))).toEqual([52.4, 7.6]);
    expect(slow.map((posting) => toCents(posting.amount))).toEqual(['104.80', '19.00']);
  });

  test('posts 365.30 and explains every minute', () => {
    expect(totals(postings)).toEqual({
      downtime_loss: '103.50',
      changeover_loss: '60.00',
      speed_loss: '131.80',
      scrap_loss: '70.00',
      total: '365.30',
    });
    const scrapRows = postings.filter((posting) => posting.rule === 'unexplained_reject');
    expect(scrapRows.map((posting) => toCents(posting.amount))).toEqual(['61.13', '8.87']);
    const result = reconcile(cellsOf(facts, wholeDay, EVER), postings);
    expect(minutes(result.good_ms)).toBe(380);
    expect(Object.values(result.ledger).map(minutes)).toEqual([46, 30, 64, 10, 0, 0]);
    expect(result).toMatchObject({ imbalance_ms: 0, unposted_ms: '0' });
  });

  test('MTBF 227 and MTTR 13 minutes', () => {
    const result = reliability(reliabilityTerms(facts, wholeDay, EVER, terms.apt_ms));
    expect(result).toEqual({ failures: 2, mtbf_minutes: 227, mttr_minutes: 13, mtta_minutes: null });
  });
});

describe('Open, then closed', () => {
  const options = { shifts: calendar(shift('day', '06:00', '14:00')), hourly_cost: '300' };
  const counts = [count('c1', '10:45', 480, 12, 'B')];
  const scraps = [scrap('x1', '10:46', 8, { batch_id: 'B' })];
  const early = stop('s1', '08:00', '08:20', 'mechanical');
  const open = line(options, {
    stops: [early, stop('s2', '10:50', null, 'mechanical')],
    batches: [batch('B', '06:00', null)],
    counts,
    scraps,
  });
  const closed = line(options, {
    stops: [early, stop('s2', '10:50', '11:05', 'mechanical')],
    batches: [batch('B', '06:00', '14:00', { good_count: '790', scrap_count: '20' })],
    counts,
    scraps,
  });

  test('at 11:00 the open stop and the running batch are not posted', () => {
    const now = at('11:00');
    const result = kpis(termsOf(open, wholeDay, now));
    expect(result.terms.pbt_minutes).toBe(300);
    expect([result.availability, result.performance, result.quality, result.oee].map(percent)).toEqual([
      '90.00',
      '91.11',
      '97.56',
      '80.00',
    ]);
    const balance = reconcile(cellsOf(open, wholeDay, now), wantedPostings(open));
    expect(
      [balance.good_ms, balance.ledger.downtime_loss, balance.ledger.scrap_loss, balance.unposted_ms].map(minutes),
    ).toEqual([240, 20, 4, 36]);
    expect(balance.imbalance_ms).toBe(0);
  });

  test('after the end everything is posted', () => {
    const result = kpis(termsOf(closed, wholeDay, EVER));
    expect(result.terms.apt_minutes).toBe(445);
    expect([result.availability, result.performance, result.quality, result.oee].map(percent)).toEqual([
      '92.71',
      '91.01',
      '97.53',
      '82.29',
    ]);
    const postings = wantedPostings(closed);
    expect(totals(postings)).toEqual({
      downtime_loss: '175.00',
      speed_loss: '200.00',
      scrap_loss: '20.00',
      total: '395.00',
    });
    const balance = reconcile(cellsOf(closed, wholeDay, EVER), postings);
    expect(minutes(balance.good_ms)).toBe(395);
    expect(Object.values(balance.ledger).map(minutes)).toEqual([35, 0, 40, 10, 0, 0]);
    expect(balance).toMatchObject({ imbalance_ms: 0, unposted_ms: '0' });
  });

  test('a stop that is missing in the ledger is found: the signed sum is 0, the imbalance is 40', () => {
    const withheld = { ...closed, stops: closed.stops.filter(({ id }) => id !== 's1') };
    const balance = reconcile(cellsOf(closed, wholeDay, EVER), wantedPostings(withheld));
    expect([balance.ledger.downtime_loss, balance.ledger.speed_loss].map(minutes)).toEqual([15, 60]);
    expect(balance.imbalance_ms).toBe(40 * 60_000);
  });
});

describe('Gross', () => {
  const grossFrom = (facts: LineFacts, valid_from: number | null): LineFacts => ({
    ...facts,
    prices: facts.prices.flatMap((version) => [
      version,
      { valid_from, value: { ...version.value, count_basis: 'gross' as const } },
    ]),
  });
  const made = (facts: LineFacts) => {
    const { terms } = kpis(termsOf(facts, wholeDay, EVER));
    return [terms.total_count, terms.good_count];
  };
  const late = { batch_id: 'B' };

  test('counted units contain the rejects of their batch: 400 with 10 scrapped later are 390 good, 97.5 %', () => {
    const facts = line(
      {},
      {
        batches: [batch('B', '06:00', '14:00')],
        counts: [count('c', '12:00', 400, 0, 'B')],
        scraps: [scrap('x', '16:00', 10, late)],
      },
    );
    expect(made(facts)).toEqual([410, 400]);
    expect(made(grossFrom(facts, null))).toEqual([400, 390]);
    expect(percent(kpis(termsOf(grossFrom(facts, null), wholeDay, EVER)).quality)).toBe('97.50');
    // What is in force when the batch begins counts.
    expect(made(grossFrom(facts, at('06:00')))).toEqual([400, 390]);
    expect(made(grossFrom(facts, at('06:00') + 1))).toEqual([410, 400]);
  });

  test('every class of rejects is taken off, counted, logged or in a total, once; never below none', () => {
    const facts = (counts: readonly ReturnType<typeof count>[], given: object) =>
      grossFrom(
        line(
          {},
          {
            batches: [batch('B', '06:00', '14:00', given)],
            counts,
            scraps: [
              scrap('x', '08:00', 3, late),
              scrap('y', '09:00', 4, { ...late, disposition: 'rework' }),
              scrap('z', '10:00', 5, { ...late, phase: 'startup' }),
            ],
          },
        ),
        null,
      );
    expect(made(facts([count('c', '12:00', 100)], {}))).toEqual([100, 88]);
    expect(made(facts([count('c', '12:00', 100, 20)], {}))).toEqual([100, 80]);
    expect(made(facts([count('c', '12:00', 100)], { scrap_count: '10' }))).toEqual([100, 81]);
    expect(made(facts([count('c', '12:00', 10)], {}))).toEqual([12, 0]);
    expect(made(facts([count('c', '12:00', 100)], { good_count: '95' }))).toEqual([107, 95]);
  });
});

describe('Merge', () => {
  const facts = line(
    { hourly_cost: '60', cycle_seconds: '6', unit_cost: '2.00', shifts: calendar(shift('all', '00:00', '24:00')) },
    {
      stops: [stop('s1', '08:40', '09:00', 'no_material')],
      batches: [batch('B', '08:00', '10:00', { good_count: '720', scrap_count: '10' })],
      counts: [
        count('c1', '08:30', 200, 0, 'B'),
        count('c2', '09:00', 250, 10, 'B'),
        count('c3', '10:00', 240, 0, 'B'),
      ],
    },
  );

  test('the hours are 35.33 and 84.67 %, together 60.00 %', () => {
    const first = termsOf(facts, window('08:00', '09:00'), EVER);
    const second = termsOf(facts, window('09:00', '10:00'), EVER);
    const both = termsOf(facts, window('08:00', '10:00'), EVER);
    expect(first.good_count).toBe('212');
    expect([first.pbt_ms, first.apt_ms].map(minutes)).toEqual([60, 40]);
    expect([kpis(first).performance, kpis(first).oee].map(percent)).toEqual(['53.00', '35.33']);
    expect([second.good_count, second.total_count, minutes(second.apt_ms)]).toEqual(['508', '518', 60]);
    expect([kpis(second).performance, kpis(second).quality, kpis(second).oee].map(percent)).toEqual([
      '86.33',
      '98.07',
      '84.67',
    ]);
    const { availability, performance, quality, oee } = kpis(both);
    expect([availability, performance, quality, oee].map(percent)).toEqual(['83.33', '73.00', '98.63', '60.00']);
    expect(addTerms(first, second)).toEqual(both);
  });

  test('posts 67.00 and explains 120 minutes', () => {
    const postings = wantedPostings(facts);
    expect(totals(postings)).toMatchObject({ downtime_loss: '20.00', speed_loss: '27.00', scrap_loss: '20.00' });
    const balance = reconcile(cellsOf(facts, wholeDay, EVER), postings);
    expect(minutes(balance.good_ms)).toBe(72);
    expect(Object.values(balance.ledger).map(minutes)).toEqual([20, 0, 27, 1, 0, 0]);
    expect(balance).toMatchObject({ imbalance_ms: 0, unposted_ms: '0' });
  });
});
