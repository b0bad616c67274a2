/** Worked cases of orders that others interrupt: a batch's time is its run intervals. */
import { at, shuffled } from '@plantops/fixtures';
import { batch, count, type LineReport } from './line-events.ts';
import { DAY, during, inBothOrders, type WorkedCase } from './worked-case.ts';

const line = { hourly_cost: 120, ideal_cycle_seconds: 60, micro_stop_seconds: 300 };
const started = (batch_number: string, time: string): LineReport => ({
  kind: 'batch.started',
  batch_number,
  at: at(time),
});
const paused = (batch_number: string, time: string): LineReport => ({
  kind: 'batch.paused',
  batch_number,
  at: at(time),
});
const resumed = (batch_number: string, time: string): LineReport => ({
  kind: 'batch.resumed',
  batch_number,
  at: at(time),
});
const completed = (batch_number: string, time: string, good_count?: number): LineReport => ({
  kind: 'batch.completed',
  batch_number,
  at: at(time),
  ...(good_count === undefined ? {} : { good_count }),
});
/** 85.71 %: one unit in 70 seconds. */
const A = [100, 85.71, 100, 85.71];

const cases: readonly WorkedCase[] = [
  {
    title: 'Interrupted: another batch runs inside a batch, which goes on after it',
    code: 'W11',
    site: {},
    line,
    tape: [started('A', '06:00'), started('B', '07:00'), completed('B', '07:30', 25), completed('A', '10:00', 180)],
    shows: [
      { window: during('06:00', '07:00'), terms: { pbt_minutes: 60 }, percent: A },
      {
        window: during('07:00', '07:30'),
        terms: { pbt_minutes: 30, total_count: 25 },
        percent: [100, 83.33, 100, 83.33],
      },
      { window: during('07:30', '10:00'), terms: { pbt_minutes: 150 }, percent: A },
      {
        window: during('06:00', '10:00'),
        terms: { pbt_minutes: 240, unassigned_minutes: 0, total_count: 205 },
        percent: [100, 85.42, 100, 85.42],
      },
      {
        window: DAY,
        balance: { pbt: 240, good: 205, legs: { speed_loss: 35 } },
        money: { speed_loss: 70 },
      },
    ],
    ledger: `
      06:00 10:00 slow_cycle 30 60.00 2026-03-02
      07:00 07:30 slow_cycle 5 10.00 2026-03-02`,
  },
  {
    title: 'Interrupted and never ended: it ended where it was interrupted, once a third batch has started',
    code: 'W11-CUT',
    site: {},
    line,
    tape: [
      started('A', '06:00'),
      started('B', '07:00'),
      completed('B', '07:30', 25),
      ...batch('C', '12:00', '13:00', { good_count: 60 }),
    ],
    shows: [
      { window: during('06:00', '12:00'), terms: { pbt_minutes: 90, unassigned_minutes: 270, uncounted_minutes: 60 } },
      { window: DAY, terms: { pbt_minutes: 150, total_count: 85 }, money: { speed_loss: 10 } },
    ],
  },
  {
    title: 'Interrupted and never ended: it ended with the last count of its own',
    code: 'W11-COUNT',
    site: {},
    line,
    tape: [
      started('A', '06:00'),
      started('B', '07:00'),
      completed('B', '07:30', 25),
      count('A', '09:00', 140),
      ...batch('C', '12:00', '13:00', { good_count: 60 }),
    ],
    shows: [
      { window: during('06:00', '12:00'), terms: { pbt_minutes: 180, total_count: 165 } },
      { window: DAY, balance: { pbt: 240, good: 225, legs: { speed_loss: 15 } }, money: { speed_loss: 30 } },
    ],
  },
  {
    title: 'Paused: the time of a pause is of no batch, and a later start resumes a batch',
    code: 'PAUSED',
    site: {},
    line,
    tape: [
      started('A', '06:00'),
      paused('A', '08:00'),
      resumed('A', '09:00'),
      paused('A', '10:00'),
      resumed('A', '10:00'),
      paused('A', '11:00'),
      started('A', '12:00'),
      completed('A', '14:00', 360),
    ],
    shows: [
      {
        window: during('06:00', '14:00'),
        terms: { pbt_minutes: 360, unassigned_minutes: 120, total_count: 360 },
        percent: [100, 100, 100, 100, 75],
      },
    ],
  },
];

/** Besides their own order and the reverse, each in three orders by chance. */
export const orderCases: readonly WorkedCase[] = [
  ...inBothOrders(cases),
  ...cases.flatMap((of) =>
    [1, 2, 3].map((seed) => ({
      ...of,
      title: `${of.title} (shuffled, ${seed})`,
      code: `${of.code}-${seed}`,
      tape: shuffled(of.tape, seed),
    })),
  ),
];
