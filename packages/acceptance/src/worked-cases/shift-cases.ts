/** Worked cases of one shift: Vorne, the same on both cost bases, waycalculator, thresholds. */
import { at } from '@plantops/fixtures';
import { shift } from './case-plant.ts';
import { batch, stop } from './line-events.ts';
import { DAY, type WorkedCase } from './worked-case.ts';

const vorneSite = { weekly: [shift('day', '06:00', '14:00', ['09:00', '09:30'], ['12:00', '12:30'])] };

const vorne: WorkedCase = {
  title:
    'Vorne: breaks are not a loss; after stops, slow cycles and rejects 314.1333 of 420 minutes are good, OEE 74.79 %',
  code: 'VORNE',
  site: vorneSite,
  line: { ideal_cycle_seconds: 1 },
  tape: [
    stop('10:00', '10:47', 'mechanical'),
    ...batch('V', '06:00', '14:00', { good_count: 18_848, scrap_count: 423 }),
  ],
  shows: [
    {
      window: DAY,
      balance: { pbt: 420, good: 314.133333, legs: { downtime_loss: 47, speed_loss: 51.816667, scrap_loss: 7.05 } },
      terms: {
        pot_minutes: 480,
        planned_stop_minutes: 60,
        pbt_minutes: 420,
        unplanned_stop_minutes: 47,
        apt_minutes: 373,
        ideal_minutes_total: 321.183333,
        ideal_minutes_good: 314.133333,
        total_count: 19_271,
        good_count: 18_848,
      },
      percent: [88.81, 86.11, 97.8, 74.79],
    },
  ],
};

type Dollars = { readonly scrap: string; readonly startup: string; readonly total: number };
/**
 * The same shift with its stops and two kinds of rejects: 314.1333 good minutes at 600 an hour are 3,141.33 of 4,200.
 */
const conserved = (cost_basis: 'full' | 'material', { scrap, startup, total }: Dollars): WorkedCase => ({
  title: `Conservation on cost basis ${cost_basis}: no minute and no unit is posted twice, ${total} are lost`,
  code: `CONSERVED-${cost_basis}`,
  site: vorneSite,
  line: { ideal_cycle_seconds: 1, hourly_cost: 600 },
  product: { unit_cost: 0.5, cost_basis },
  tape: [
    stop('07:00', '07:30', 'mechanical'),
    stop('10:00', '10:17', 'changeover'),
    ...batch('C', '06:00', '14:00', { good_count: 18_848, startup_scrap_count: 123, scrap_count: 300 }),
  ],
  shows: [
    {
      window: DAY,
      balance: {
        pbt: 420,
        good: 314.133333,
        legs: { downtime_loss: 30, changeover_loss: 17, speed_loss: 51.816667, scrap_loss: 5, startup_loss: 2.05 },
      },
      percent: [88.81, 86.11, 97.8, 74.79],
      money: {
        speed_loss: 518.17,
        downtime_loss: 300,
        changeover_loss: 170,
        scrap_loss: Number(scrap),
        startup_loss: Number(startup),
      },
      total,
    },
  ],
  ledger: `
    06:00 14:00 slow_cycle                 51.8167 518.17     2026-03-02
    06:00 14:00 unexplained_reject         5       ${scrap}   2026-03-02
    06:00 14:00 unexplained_startup_reject 2.05    ${startup} 2026-03-02
    07:00 07:30 stop                       30      300.00     2026-03-02
    10:00 10:17 changeover                 17      170.00     2026-03-02`,
});

const waycalculator: WorkedCase = {
  title: 'waycalculator: 380 good of 400 made in 420 of 480 minutes are 87.5, 95.24, 95.0 and 79.17 %',
  code: 'WAYCALCULATOR',
  site: { weekly: [shift('day', '06:00', '14:00')] },
  line: { ideal_cycle_seconds: 60 },
  tape: [stop('08:00', '09:00', 'mechanical'), ...batch('W', '06:00', '14:00', { good_count: 380, scrap_count: 20 })],
  shows: [
    {
      window: DAY,
      balance: { pbt: 480, good: 380, legs: { downtime_loss: 60, speed_loss: 20, scrap_loss: 20 } },
      terms: {
        pbt_minutes: 480,
        apt_minutes: 420,
        ideal_minutes_total: 400,
        ideal_minutes_good: 380,
        total_count: 400,
        good_count: 380,
      },
      percent: [87.5, 95.24, 95, 79.17],
    },
  ],
};

const second = (s: number): string => new Date(Date.parse(at('06:00')) + s * 1000).toISOString();
const thresholds: WorkedCase = {
  title:
    'Thresholds: ten stops of 10 s over a threshold of 4 s are 100 s of downtime, slow cycles are 20 s; 120 s are lost',
  code: 'THRESHOLDS',
  site: {},
  line: { ideal_cycle_seconds: 20, micro_stop_seconds: 4, hourly_cost: 3600 },
  tape: [
    ...Array.from({ length: 10 }, (_, index) => stop(second(index * 50), second(index * 50 + 10), 'other')),
    ...batch('T', '06:00', second(520), { good_count: 20 }),
  ],
  shows: [
    {
      window: { from: second(0), to: second(520) },
      balance: { pbt: 8.666667, good: 6.666667, legs: { downtime_loss: 1.666667, speed_loss: 0.333333 } },
      terms: {
        calendar_minutes: 8.666667,
        pbt_minutes: 8.666667,
        unplanned_stop_minutes: 1.666667,
        micro_stop_minutes: 0,
        apt_minutes: 7,
        ideal_minutes_good: 6.666667,
      },
      // A second costs a dollar.
      money: { downtime_loss: 100, speed_loss: 20 },
      total: 120,
    },
  ],
};

export const shiftCases = [
  vorne,
  conserved('material', { scrap: '200.00', startup: '82.00', total: 1270.17 }),
  conserved('full', { scrap: '150.00', startup: '61.50', total: 1199.67 }),
  waycalculator,
  thresholds,
];
