/**
 * The night shift of a plant in Akron, 22:00 to 06:00 with a break from 00:30 to 01:00. Ledger and timeline are in UTC.
 */
import { shift } from './case-plant.ts';
import { batch, count, stop } from './line-events.ts';
import type { WorkedCase } from './worked-case.ts';

const TERMS = 'calendar_minutes pot_minutes pbt_minutes apt_minutes good_count';

export const nightCase: WorkedCase = {
  title:
    'a night shift belongs to the day on which it begins, and its rows are cut at midnight; with a clock change it has 7 or 9 hours',
  code: 'NIGHT',
  site: { timezone: 'America/New_York', weekly: [shift('night', '22:00', '06:00', ['00:30', '01:00'])] },
  line: { ideal_cycle_seconds: 60 },
  tape: [
    ...batch('N', '2026-03-03T22:00:00-05:00', '2026-03-04T06:00:00-05:00'),
    count('N', '2026-03-03T23:00:00-05:00', 80),
    count('N', '2026-03-04T03:00:00-05:00', 250),
    // From before the shift into it; across midnight into the break; beyond the end of the shift.
    stop('2026-03-03T21:30:00-05:00', '2026-03-03T22:10:00-05:00', 'mechanical'),
    stop('2026-03-03T23:40:00-05:00', '2026-03-04T00:50:00-05:00', 'electrical'),
    stop('2026-03-04T05:50:00-05:00', '2026-03-04T06:20:00-05:00', 'mechanical'),
    ...batch('SHORT', '2026-03-07T22:00:00-05:00', '2026-03-08T06:00:00-04:00'),
    count('SHORT', '2026-03-07T23:00:00-05:00', 120),
    count('SHORT', '2026-03-08T05:00:00-04:00', 270),
    ...batch('LONG', '2025-11-01T22:00:00-04:00', '2025-11-02T06:00:00-05:00'),
    count('LONG', '2025-11-01T23:00:00-04:00', 120),
    count('LONG', '2025-11-02T05:00:00-05:00', 390),
  ],
  shows: [
    {
      window: { from: '2026-03-03T12:00:00-05:00', to: '2026-03-04T12:00:00-05:00' },
      balance: { pbt: 450, good: 330, legs: { downtime_loss: 70, speed_loss: 50 } },
      terms: {
        pot_minutes: 480,
        planned_stop_minutes: 30,
        pbt_minutes: 450,
        unplanned_stop_minutes: 70,
        apt_minutes: 380,
      },
      percent: [84.44, 86.84, 100, 73.33],
      money: { downtime_loss: 70, speed_loss: 50 },
      by_shift: `
        ${TERMS}
        none                   960 0   0   0   0
        2026-03-03T22:00 night 480 480 450 380 330`,
      by_day: `
        ${TERMS}
        2026-03-03 1080 480 450 380 330
        2026-03-04 360  0   0   0   0`,
      timeline: `
        2026-03-03T17:00 2026-03-04T03:00 no_shift     none                   2026-03-03
        2026-03-04T03:00 2026-03-04T03:10 stop         2026-03-03T22:00 night 2026-03-03
        2026-03-04T03:10 2026-03-04T04:40 running      2026-03-03T22:00 night 2026-03-03
        2026-03-04T04:40 2026-03-04T05:00 stop         2026-03-03T22:00 night 2026-03-03
        2026-03-04T05:00 2026-03-04T05:30 stop         2026-03-03T22:00 night 2026-03-03
        2026-03-04T05:30 2026-03-04T06:00 planned_stop 2026-03-03T22:00 night 2026-03-03
        2026-03-04T06:00 2026-03-04T10:50 running      2026-03-03T22:00 night 2026-03-03
        2026-03-04T10:50 2026-03-04T11:00 stop         2026-03-03T22:00 night 2026-03-03
        2026-03-04T11:00 2026-03-04T17:00 no_shift     none                   2026-03-04
        2026-03-04T02:30 2026-03-04T03:00 masked
        2026-03-04T05:30 2026-03-04T05:50 masked
        2026-03-04T11:00 2026-03-04T11:20 masked`,
    },
    {
      window: { from: '2026-03-07T12:00:00-05:00', to: '2026-03-08T12:00:00-04:00' },
      balance: { pbt: 390, good: 390, legs: {} },
      by_day: `
        ${TERMS}
        2026-03-07 1020 420 390 390 390
        2026-03-08 360  0   0   0   0`,
    },
    {
      window: { from: '2025-11-01T12:00:00-04:00', to: '2025-11-02T12:00:00-05:00' },
      balance: { pbt: 510, good: 510, legs: {} },
      by_day: `
        ${TERMS}
        2025-11-01 1140 540 510 510 510
        2025-11-02 360  0   0   0   0`,
    },
  ],
  ledger: `
    2026-03-04T03:00 2026-03-04T03:10 stop       10 10.00 2026-03-03
    2026-03-04T03:00 2026-03-04T05:00 slow_cycle 10 10.00 2026-03-03
    2026-03-04T04:40 2026-03-04T05:00 stop       20 20.00 2026-03-03
    2026-03-04T05:00 2026-03-04T05:30 stop       30 30.00 2026-03-03
    2026-03-04T05:00 2026-03-04T11:00 slow_cycle 40 40.00 2026-03-03
    2026-03-04T10:50 2026-03-04T11:00 stop       10 10.00 2026-03-03`,
};
