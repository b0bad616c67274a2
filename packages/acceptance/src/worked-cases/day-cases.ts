/**
 * Worked cases of a day: two shifts with a higher cost in the second one, an open stop that ends, and windows that are
 * merged.
 */
import { at } from '@plantops/fixtures';
import { shift } from './case-plant.ts';
import { batch, count, scrap, stop, stopInTwo } from './line-events.ts';
import { DAY, during, type WorkedCase } from './worked-case.ts';

const day: WorkedCase = {
  title:
    'Day: a break, a jam under the threshold, a stop across two shifts and time without a batch are each posted once',
  code: 'DAY',
  site: { weekly: [shift('early', '06:00', '14:00', ['10:00', '10:30']), shift('late', '14:00', '22:00')] },
  line: { ideal_cycle_seconds: 30, micro_stop_seconds: 300, hourly_cost: 120 },
  product: { unit_cost: 4, salvage_value: 0.5 },
  dearer: { hourly_cost: 150, from: at('14:00') },
  tape: [
    stop('06:00', '06:30', 'changeover', { is_planned: true }),
    stop('09:50', '10:40', 'mechanical'),
    stop('11:00', '11:04', 'other', { reason_code: 'jam' }),
    stop('13:57', '14:03', 'electrical'),
    stop('16:00', '16:20', 'no_material'),
    ...batch('D', '06:30', '15:00', { good_count: 760, scrap_count: 20 }),
  ],
  shows: [
    {
      window: DAY,
      balance: {
        pbt: 530,
        good: 380,
        legs: { downtime_loss: 46, changeover_loss: 30, speed_loss: 64, scrap_loss: 10 },
      },
      terms: {
        calendar_minutes: 1440,
        pot_minutes: 960,
        planned_stop_minutes: 30,
        unassigned_minutes: 400,
        pbt_minutes: 530,
        unplanned_stop_minutes: 46,
        delay_minutes: 0,
        changeover_minutes: 30,
        ramp_up_minutes: 0,
        micro_stop_minutes: 4,
        apt_minutes: 454,
        ideal_minutes_total: 390,
        ideal_minutes_good: 380,
      },
      percent: [85.66, 85.9, 97.44, 71.7, 39.58],
      money: { speed_loss: 131.8, downtime_loss: 103.5, scrap_loss: 70, changeover_loss: 60 },
      total: 365.3,
      failures: { failures: 2, mtbf_minutes: 227, mttr_minutes: 13 },
      by_shift: `
        pot_minutes planned_stop_minutes pbt_minutes unplanned_stop_minutes apt_minutes unassigned_minutes total_count
        none                   0   0  0   0  0   0   0
        2026-03-02T06:00 early 480 30 450 23 397 0   681.2
        2026-03-02T14:00 late  480 0  80  23 57  400 98.8`,
      by_day: `
        pbt_minutes total_count
        2026-03-02  530 780`,
    },
  ],
  ledger: `
    06:00 06:30 changeover         30     60.00  2026-03-02
    06:30 14:00 slow_cycle         52.4   104.80 2026-03-02
    06:30 14:00 unexplained_reject 8.7333 61.13  2026-03-02
    09:50 10:00 stop               10     20.00  2026-03-02
    10:30 10:40 stop               10     20.00  2026-03-02
    11:00 11:04 micro_stop         4      8.00   2026-03-02
    13:57 14:00 stop               3      6.00   2026-03-02
    14:00 14:03 stop               3      7.50   2026-03-02
    14:00 15:00 slow_cycle         7.6    19.00  2026-03-02
    14:00 15:00 unexplained_reject 1.2667 8.87   2026-03-02
    16:00 16:20 stop               20     50.00  2026-03-02`,
};

const closed: WorkedCase = {
  title: 'Open, then closed: after the end of the stop and the batch everything is posted, OEE 82.29 %',
  code: 'CLOSED',
  site: { weekly: [shift('day', '06:00', '14:00')] },
  line: { ideal_cycle_seconds: 30, hourly_cost: 300 },
  product: { unit_cost: 1 },
  tape: [
    stop('08:00', '08:20', 'mechanical'),
    ...stopInTwo('10:50', '11:05', 'mechanical'),
    count('O', '10:45', 480, 12),
    scrap('O', '10:46', 8),
    ...batch('O', '06:00', '14:00', { good_count: 790, scrap_count: 20 }),
  ],
  shows: [
    {
      window: DAY,
      balance: { pbt: 480, good: 395, legs: { downtime_loss: 35, speed_loss: 40, scrap_loss: 10 } },
      terms: { pbt_minutes: 480, apt_minutes: 445, total_count: 810, good_count: 790 },
      percent: [92.71, 91.01, 97.53, 82.29],
      money: { speed_loss: 200, downtime_loss: 175, scrap_loss: 20 },
      total: 395,
    },
  ],
  ledger: `
    06:00 14:00 slow_cycle         40 200.00 2026-03-02
    06:00 14:00 unexplained_reject 6  12.00  2026-03-02
    08:00 08:20 stop               20 100.00 2026-03-02
    10:46 10:46 scrap              4  8.00   2026-03-02
    10:50 11:05 stop               15 75.00  2026-03-02`,
};

const merge: WorkedCase = {
  title: 'Merge: two windows add up to the whole, with counts at their edge; OEE 35.33, 84.67 and 60.00 %',
  code: 'MERGE',
  site: { weekly: [shift('all', '00:00', '24:00')] },
  line: { ideal_cycle_seconds: 6, hourly_cost: 60 },
  product: { unit_cost: 2 },
  tape: [
    stop('08:40', '09:00', 'no_material'),
    count('M', '08:30', 200),
    count('M', '09:00', 250, 10),
    count('M', '10:00', 240),
    ...batch('M', '08:00', '10:00', { good_count: 720, scrap_count: 10 }),
  ],
  shows: [
    {
      window: during('08:00', '09:00'),
      terms: {
        pbt_minutes: 60,
        apt_minutes: 40,
        ideal_minutes_total: 21.2,
        ideal_minutes_good: 21.2,
        total_count: 212,
        good_count: 212,
      },
      percent: [66.67, 53, 100, 35.33],
    },
    {
      window: during('09:00', '10:00'),
      terms: {
        pbt_minutes: 60,
        apt_minutes: 60,
        ideal_minutes_total: 51.8,
        ideal_minutes_good: 50.8,
        total_count: 518,
        good_count: 508,
      },
      percent: [100, 86.33, 98.07, 84.67],
    },
    {
      window: during('08:00', '10:00'),
      terms: {
        pbt_minutes: 120,
        apt_minutes: 100,
        ideal_minutes_total: 73,
        ideal_minutes_good: 72,
        total_count: 730,
        good_count: 720,
      },
      percent: [83.33, 73, 98.63, 60],
    },
    {
      window: DAY,
      balance: { pbt: 120, good: 72, legs: { downtime_loss: 20, speed_loss: 27, scrap_loss: 1 } },
      money: { speed_loss: 27, downtime_loss: 20, scrap_loss: 20 },
      total: 67,
    },
  ],
};

export const dayCases = [day, closed, merge];
