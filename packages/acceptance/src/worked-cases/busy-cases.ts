/** Worked cases of busy time: what no zero and no stray unit makes. */
import { at } from '@plantops/fixtures';
import { shift } from './case-plant.ts';
import { batch, type LineReport } from './line-events.ts';
import { DAY, inBothOrders, type WorkedCase } from './worked-case.ts';

const loose = (time: string, good: number): LineReport => ({ kind: 'count', at: at(time), good });
const site = { weekly: [shift('early', '06:00', '14:00')] };
const line = { ideal_cycle_seconds: 60, micro_stop_seconds: 300, hourly_cost: 120 };

const cases: readonly WorkedCase[] = [
  {
    title: 'Stray units: counts of zero and units after a batch make no time busy',
    code: 'W6-BATCH',
    site,
    line,
    tape: [
      ...batch('B', '06:00', '09:00', { good_count: 180 }),
      loose('09:30', 0),
      loose('10:00', 0),
      loose('09:00:03', 1),
      loose('11:00', 5),
    ],
    shows: [
      {
        window: DAY,
        terms: { pbt_minutes: 180, unassigned_minutes: 300, total_count: 180 },
        percent: [100, 100, 100, 100],
      },
    ],
  },
  {
    title: 'No batch in a shift: its units make the whole shift busy',
    code: 'W6-SHIFT',
    site,
    line,
    tape: [loose('07:00', 100), loose('09:00', 100)],
    shows: [{ window: DAY, terms: { pbt_minutes: 480, total_count: 200 } }],
  },
  {
    title: 'No calendar: units make their clock hours busy',
    code: 'W6-HOURS',
    site: {},
    line,
    tape: [loose('08:10', 10), loose('09:50', 10)],
    shows: [{ window: DAY, terms: { pbt_minutes: 120, total_count: 20 } }],
  },
];

export const busyCases = inBothOrders(cases);
