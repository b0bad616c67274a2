/**
 * Days of 23 and 25 hours in New York, and night shifts, which belong to the day on which they begin. Ledgers and
 * timelines are in UTC.
 */
import { shift, type Site } from './case-plant.ts';
import { batch, count, stop } from './line-events.ts';
import type { WorkedCase } from './worked-case.ts';

const threeShifts: Site = {
  timezone: 'America/New_York',
  weekly: [
    shift('night', '00:00', '08:00'),
    shift('day', '08:00', '16:00', ['12:00', '12:30']),
    shift('late', '16:00', '24:00'),
  ],
};
const TERMS = 'calendar_minutes pot_minutes pbt_minutes apt_minutes good_count';

/**
 * At 02:00 clocks go forward to 03:00: the night lasts 7 hours. The late shift is faster than the standard, which
 * offsets the slow shifts.
 */
const spring: WorkedCase = {
  title: 'a day of 23 hours has 1,380 minutes: a stop from 01:30 to 03:30 lasts one hour, the night seven',
  code: 'SPRING',
  site: threeShifts,
  line: { ideal_cycle_seconds: 60 },
  tape: [
    ...batch('S', '2026-03-08T00:00:00-05:00', '2026-03-09T00:00:00-04:00'),
    stop('2026-03-08T01:30:00-05:00', '2026-03-08T03:30:00-04:00', 'mechanical'),
    stop('2026-03-08T15:50:00-04:00', '2026-03-08T16:10:00-04:00', 'electrical'),
    stop('2026-03-08T23:50:00-04:00', '2026-03-09T00:20:00-04:00', 'mechanical'),
    count('S', '2026-03-08T07:00:00-04:00', 300),
    count('S', '2026-03-08T15:00:00-04:00', 400),
    count('S', '2026-03-08T23:00:00-04:00', 470),
  ],
  shows: [
    {
      window: { from: '2026-03-08T00:00:00-05:00', to: '2026-03-09T00:00:00-04:00' },
      balance: { pbt: 1350, good: 1170, legs: { downtime_loss: 90, speed_loss: 90 } },
      terms: {
        calendar_minutes: 1380,
        pot_minutes: 1380,
        planned_stop_minutes: 30,
        pbt_minutes: 1350,
        apt_minutes: 1260,
      },
      percent: [93.33, 92.86, 100, 86.67],
      money: { downtime_loss: 90, speed_loss: 90 },
      by_shift: `
        ${TERMS}
        2026-03-08T00:00 night 420 420 420 360 300
        2026-03-08T08:00 day   480 480 450 440 400
        2026-03-08T16:00 late  480 480 480 460 470`,
      timeline: `
        2026-03-08T05:00 2026-03-08T06:30 running      2026-03-08T00:00 night 2026-03-08
        2026-03-08T06:30 2026-03-08T07:30 stop         2026-03-08T00:00 night 2026-03-08
        2026-03-08T07:30 2026-03-08T12:00 running      2026-03-08T00:00 night 2026-03-08
        2026-03-08T12:00 2026-03-08T16:00 running      2026-03-08T08:00 day   2026-03-08
        2026-03-08T16:00 2026-03-08T16:30 planned_stop 2026-03-08T08:00 day   2026-03-08
        2026-03-08T16:30 2026-03-08T19:50 running      2026-03-08T08:00 day   2026-03-08
        2026-03-08T19:50 2026-03-08T20:00 stop         2026-03-08T08:00 day   2026-03-08
        2026-03-08T20:00 2026-03-08T20:10 stop         2026-03-08T16:00 late  2026-03-08
        2026-03-08T20:10 2026-03-09T03:50 running      2026-03-08T16:00 late  2026-03-08
        2026-03-09T03:50 2026-03-09T04:00 stop         2026-03-08T16:00 late  2026-03-08`,
    },
    {
      window: { from: '2026-03-08T00:00:00-05:00', to: '2026-03-10T00:00:00-04:00' },
      by_day: `
        ${TERMS}
        2026-03-08 1380 1380 1350 1260 1170
        2026-03-09 1440 1440 20   0    0`,
    },
  ],
  // 60 + 40 minutes too slow, 10 too fast: slow cycles are priced at 90 of 100.
  ledger: `
    2026-03-08T05:00 2026-03-08T12:00 slow_cycle 60  54.00 2026-03-08
    2026-03-08T06:30 2026-03-08T07:30 stop       60  60.00 2026-03-08
    2026-03-08T12:00 2026-03-08T20:00 slow_cycle 40  36.00 2026-03-08
    2026-03-08T19:50 2026-03-08T20:00 stop       10  10.00 2026-03-08
    2026-03-08T20:00 2026-03-08T20:10 stop       10  10.00 2026-03-08
    2026-03-08T20:00 2026-03-09T04:00 slow_cycle -10 0.00  2026-03-08
    2026-03-09T03:50 2026-03-09T04:00 stop       10  10.00 2026-03-08
    2026-03-09T04:00 2026-03-09T04:20 stop       20  20.00 2026-03-09`,
};

/** At 02:00 clocks go back to 01:00: the night lasts 9 hours. */
const autumn: WorkedCase = {
  title: 'a day of 25 hours has 1,500 minutes: a stop from 01:30 to 01:30 lasts one hour, the night nine',
  code: 'AUTUMN',
  site: threeShifts,
  line: { ideal_cycle_seconds: 60 },
  tape: [
    ...batch('A', '2025-11-02T00:00:00-04:00', '2025-11-03T00:00:00-05:00'),
    stop('2025-11-02T01:30:00-04:00', '2025-11-02T01:30:00-05:00', 'mechanical'),
    stop('2025-11-02T15:50:00-05:00', '2025-11-02T16:10:00-05:00', 'electrical'),
    stop('2025-11-02T23:50:00-05:00', '2025-11-03T00:20:00-05:00', 'mechanical'),
    count('A', '2025-11-02T07:00:00-05:00', 400),
    count('A', '2025-11-02T15:00:00-05:00', 400),
    count('A', '2025-11-02T23:00:00-05:00', 440),
  ],
  shows: [
    {
      window: { from: '2025-11-02T00:00:00-04:00', to: '2025-11-03T00:00:00-05:00' },
      balance: { pbt: 1470, good: 1240, legs: { downtime_loss: 90, speed_loss: 140 } },
      terms: {
        calendar_minutes: 1500,
        pot_minutes: 1500,
        planned_stop_minutes: 30,
        pbt_minutes: 1470,
        apt_minutes: 1380,
      },
      percent: [93.88, 89.86, 100, 84.35],
      money: { speed_loss: 140, downtime_loss: 90 },
      by_shift: `
        ${TERMS}
        2025-11-02T00:00 night 540 540 540 480 400
        2025-11-02T08:00 day   480 480 450 440 400
        2025-11-02T16:00 late  480 480 480 460 440`,
      timeline: `
        2025-11-02T04:00 2025-11-02T05:30 running      2025-11-02T00:00 night 2025-11-02
        2025-11-02T05:30 2025-11-02T06:30 stop         2025-11-02T00:00 night 2025-11-02
        2025-11-02T06:30 2025-11-02T13:00 running      2025-11-02T00:00 night 2025-11-02
        2025-11-02T13:00 2025-11-02T17:00 running      2025-11-02T08:00 day   2025-11-02
        2025-11-02T17:00 2025-11-02T17:30 planned_stop 2025-11-02T08:00 day   2025-11-02
        2025-11-02T17:30 2025-11-02T20:50 running      2025-11-02T08:00 day   2025-11-02
        2025-11-02T20:50 2025-11-02T21:00 stop         2025-11-02T08:00 day   2025-11-02
        2025-11-02T21:00 2025-11-02T21:10 stop         2025-11-02T16:00 late  2025-11-02
        2025-11-02T21:10 2025-11-03T04:50 running      2025-11-02T16:00 late  2025-11-02
        2025-11-03T04:50 2025-11-03T05:00 stop         2025-11-02T16:00 late  2025-11-02`,
    },
    {
      window: { from: '2025-11-02T00:00:00-04:00', to: '2025-11-04T00:00:00-05:00' },
      by_day: `
        ${TERMS}
        2025-11-02 1500 1500 1470 1380 1240
        2025-11-03 1440 1440 20   0    0`,
    },
  ],
  ledger: `
    2025-11-02T04:00 2025-11-02T13:00 slow_cycle 80 80.00 2025-11-02
    2025-11-02T05:30 2025-11-02T06:30 stop       60 60.00 2025-11-02
    2025-11-02T13:00 2025-11-02T21:00 slow_cycle 40 40.00 2025-11-02
    2025-11-02T20:50 2025-11-02T21:00 stop       10 10.00 2025-11-02
    2025-11-02T21:00 2025-11-02T21:10 stop       10 10.00 2025-11-02
    2025-11-02T21:00 2025-11-03T05:00 slow_cycle 20 20.00 2025-11-02
    2025-11-03T04:50 2025-11-03T05:00 stop       10 10.00 2025-11-02
    2025-11-03T05:00 2025-11-03T05:20 stop       20 20.00 2025-11-03`,
};

export const daysThatClocksChange = [spring, autumn];
