/** Worked cases of counters: running totals, and counts that contain rejects. */
import { at } from '@plantops/fixtures';
import { shift } from './case-plant.ts';
import { batch, count, scrap, type LineReport } from './line-events.ts';
import { DAY, during, inBothOrders, type WorkedCase } from './worked-case.ts';

const shows = (time: string, total: number, more: object = {}): LineReport => ({
  kind: 'counter',
  at: at(time),
  total,
  ...more,
});
const early = { weekly: [shift('early', '06:00', '14:00')] };
const line = { ideal_cycle_seconds: 60, hourly_cost: 120 };
const gross = { ...line, count_basis: 'gross' } as const;

const cases: readonly WorkedCase[] = [
  {
    title: 'Counter: units are its differences, over the end of its range and after a restart',
    code: 'W12',
    site: early,
    line: { ...line, counter_modulus: 1000 },
    tape: [
      ...batch('B', '06:00', '14:00'),
      shows('07:00', 990),
      shows('08:00', 998),
      shows('09:00', 5),
      shows('10:00', 2),
    ],
    shows: [
      { window: during('07:30', '08:30'), terms: { good_count: 8 } },
      { window: during('08:30', '09:30'), terms: { good_count: 7 } },
      { window: during('09:30', '10:30'), terms: { good_count: 2 } },
      { window: DAY, terms: { good_count: 17, total_count: 17 }, money: { speed_loss: 926 } },
    ],
  },
  {
    title: 'Counter: a misread total adds nothing, of one instant the last word counts, and pulses are several units',
    code: 'COUNTER-NOISE',
    site: early,
    line: { ...line, units_per_pulse: 6 },
    tape: [
      ...batch('B', '06:00', '14:00'),
      shows('07:00', 100),
      shows('07:01', 3),
      shows('07:02', 104),
      shows('08:00', 110),
      shows('08:00', 112),
      shows('09:00', 120),
      shows('09:00', 119, { seq: 1 }),
    ],
    shows: [
      { window: during('07:00', '07:30'), terms: { good_count: 24 } },
      { window: during('07:30', '08:30'), terms: { good_count: 48 } },
      { window: DAY, terms: { good_count: 114, total_count: 114 } },
    ],
  },
  {
    title: 'Counter: good units and rejects have counters of their own, and units belong to the batch that they name',
    code: 'COUNTER-TWO',
    site: early,
    line,
    tape: [
      ...batch('B', '06:00', '10:00'),
      shows('06:30', 7, { counter: 'reject' }),
      shows('06:30', 50),
      shows('09:00', 250, { batch_number: 'B' }),
      shows('10:30', 260, { batch_number: 'B' }),
      shows('09:00', 17, { counter: 'reject' }),
    ],
    shows: [{ window: DAY, terms: { good_count: 210, total_count: 220 } }],
  },
  {
    title: 'Gross counts: scrap that is found later is no longer good, and its units were counted before',
    code: 'W13',
    site: early,
    line: gross,
    tape: [...batch('B', '06:00', '14:00'), count('B', '12:00', 400), scrap('B', '13:00', 10)],
    shows: [
      {
        window: DAY,
        terms: { total_count: 400, good_count: 390 },
        percent: [100, 83.33, 97.5, 81.25],
        balance: { pbt: 480, good: 390, legs: { speed_loss: 80, scrap_loss: 10 } },
        money: { scrap_loss: 10, speed_loss: 160 },
      },
    ],
  },
  {
    title: 'Gross counter without a batch: the rejects of the shift are not good, those of another shift are',
    code: 'GROSS-SHIFT',
    site: { weekly: [shift('early', '06:00', '14:00'), shift('late', '14:00', '22:00')] },
    line: gross,
    tape: [
      shows('06:00', 0),
      shows('13:00', 400),
      shows('20:00', 500),
      { kind: 'scrap', at: at('13:30'), quantity: 10 },
      shows('06:00', 0, { counter: 'reject' }),
      shows('21:00', 4, { counter: 'reject' }),
    ],
    shows: [
      { window: during('06:00', '14:00'), terms: { total_count: 400, good_count: 390 } },
      { window: during('14:00', '22:00'), terms: { total_count: 100, good_count: 96 } },
    ],
  },
  {
    title: 'Gross counts: a good count that is given is good, and good units are never less than none',
    code: 'GROSS-TOTALS',
    site: early,
    line: gross,
    tape: [
      ...batch('GIVEN', '06:00', '10:00', { good_count: 95 }),
      count('GIVEN', '09:00', 100),
      scrap('GIVEN', '09:30', 10),
      ...batch('NONE', '10:00', '14:00', { scrap_count: 12 }),
      count('NONE', '12:00', 5),
    ],
    shows: [
      { window: during('06:00', '10:00'), terms: { total_count: 105, good_count: 95 } },
      { window: during('10:00', '14:00'), terms: { total_count: 12, good_count: 0 } },
    ],
  },
];

export const counterCases = inBothOrders(cases);
