/** Worked cases of what controllers tell: the states of a line, in the order in which they happened and reversed. */
import { at } from '@plantops/fixtures';
import type { LineReport } from './line-events.ts';
import { DAY, inBothOrders, type WorkedCase } from './worked-case.ts';

export const state = (time: string, name: string, reason_code?: string): LineReport => ({
  kind: 'state',
  at: at(time),
  state: name,
  ...(reason_code === undefined ? {} : { reason_code }),
});
const line = { ideal_cycle_seconds: 60, micro_stop_seconds: 300, hourly_cost: 120 };

const cases: readonly WorkedCase[] = [
  {
    title: 'Code after the stop: a reason that comes while the line stands does not make two stops of one',
    code: 'W1',
    site: {},
    line,
    tape: [
      state('05:00', 'running'),
      state('07:10', 'stopped'),
      state('07:14:30', 'stopped', 'mechanical'),
      state('07:17', 'running'),
    ],
    shows: [
      {
        window: DAY,
        terms: { unplanned_stop_minutes: 7, micro_stop_minutes: 0 },
        money: { downtime_loss: 14 },
        failures: { failures: 1, mtbf_minutes: 1133, mttr_minutes: 7 },
      },
    ],
  },
  {
    title: 'Departure: stops and blocked time between two runs are judged as one, and are one failure',
    code: 'W2',
    site: {},
    line,
    tape: [
      state('05:00', 'running'),
      state('10:00', 'stopped', 'electrical'),
      state('10:02', 'blocked'),
      state('10:05', 'stopped', 'electrical'),
      state('10:06', 'running'),
    ],
    shows: [
      {
        window: DAY,
        terms: { unplanned_stop_minutes: 3, delay_minutes: 3, micro_stop_minutes: 0 },
        money: { downtime_loss: 12 },
        failures: { failures: 1, mtbf_minutes: 1134, mttr_minutes: 3 },
      },
    ],
  },
  {
    title: 'One instant: a failed restart is no restart, and a stop that ends as it begins is none',
    code: 'W4',
    site: {},
    line,
    tape: [
      state('05:00', 'running'),
      state('11:00', 'stopped'),
      state('11:00', 'running'),
      state('11:10', 'stopped'),
      state('11:20', 'running'),
      state('11:20', 'stopped'),
      state('11:30', 'running'),
    ],
    shows: [
      {
        window: DAY,
        terms: { unplanned_stop_minutes: 20, pbt_minutes: 1140 },
        money: { downtime_loss: 40 },
      },
    ],
  },
];

export const stateCases = inBothOrders(cases);
