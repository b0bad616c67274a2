/** Worked cases of what units prove: they end a stop that nobody has ended. */
import { at } from '@plantops/fixtures';
import { shift } from './case-plant.ts';
import { batch, type LineReport } from './line-events.ts';
import { state } from './state-cases.ts';
import { DAY, inBothOrders, type WorkedCase } from './worked-case.ts';

const site = { weekly: [shift('early', '06:00', '14:00')] };
const line = { ideal_cycle_seconds: 60, micro_stop_seconds: 300, hourly_cost: 120 };
const minute = (n: number): string =>
  [Math.floor(n / 60), n % 60].map((part) => String(part).padStart(2, '0')).join(':');
const everyTenMinutes = (from: number, to: number): string[] =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, index) => minute(from + 10 * index));
const good = (time: string, units: number): LineReport => ({ kind: 'count', at: at(time), good: units });
const total = (time: string, units: number): LineReport => ({ kind: 'counter', at: at(time), total: units });
const order = batch('B', '06:00', '14:00', { good_count: 405 });
const later = everyTenMinutes(460, 840);
const started: LineReport = { kind: 'downtime.started', downtime_ref: 'S', at: at('07:00') };
const figures = {
  window: DAY,
  terms: { unplanned_stop_minutes: 40, pbt_minutes: 480 },
  percent: [91.67, 92.05, 100, 84.38],
  money: { downtime_loss: 80, speed_loss: 70 },
} as const;
const nextDays = { window: { from: at('24:00'), to: at('2026-03-06T00:00:00.000Z') }, money: {} } as const;

const cases: readonly WorkedCase[] = [
  {
    title: 'Units end a stop that a line system has begun and not ended',
    code: 'W5',
    site,
    line,
    tape: [...order, started, good('06:59', 54), ...later.map((time) => good(time, 9))],
    shows: [figures, nextDays],
  },
  {
    title: 'Units end a stop whose states say no more',
    code: 'W5-STATE',
    site,
    line,
    tape: [
      ...order,
      state('06:00', 'running'),
      state('07:00', 'stopped'),
      good('06:59', 54),
      ...later.map((time) => good(time, 9)),
    ],
    shows: [figures, nextDays],
  },
  {
    title: 'A counter that goes on ends a stop',
    code: 'W5-COUNTER',
    site,
    line,
    tape: [
      ...order,
      started,
      total('06:00', 1000),
      total('06:59', 1054),
      total('07:10', 1054),
      ...later.map((time, index) => total(time, 1063 + 9 * index)),
    ],
    shows: [figures, nextDays],
  },
  {
    title: 'An end that is reported replaces the assumed one',
    code: 'W5-REPORTED',
    site,
    line,
    tape: [
      ...order,
      started,
      good('06:59', 54),
      ...later.map((time) => good(time, 9)),
      { kind: 'downtime.ended', downtime_ref: 'S', end_time: at('07:50') },
    ],
    shows: [{ window: DAY, terms: { unplanned_stop_minutes: 50 }, money: { downtime_loss: 100, speed_loss: 50 } }],
  },
  {
    title: 'A line that is fed by hand counts units while it stands',
    code: 'W5-HAND',
    site,
    line: { ...line, units_end_stops: false },
    tape: [
      ...order,
      state('06:00', 'running'),
      state('07:00', 'stopped'),
      good('06:59', 54),
      ...later.map((time) => good(time, 9)),
      state('09:00', 'running'),
    ],
    shows: [{ window: DAY, terms: { unplanned_stop_minutes: 120 } }],
  },
  {
    title: 'Silence: a line that sends nothing more in its shift stands, from its last event to the end of the shift',
    code: 'W14',
    site,
    line: { ...line, silence_seconds: 900 },
    tape: [state('06:00', 'running'), ...everyTenMinutes(370, 540).map((time) => good(time, 10))],
    shows: [
      {
        window: DAY,
        terms: { pbt_minutes: 480, unplanned_stop_minutes: 300 },
        percent: [37.5],
        money: { downtime_loss: 600 },
      },
      // The last state, running, does not hold any more.
      { ...nextDays, terms: { pbt_minutes: 0, unassigned_minutes: 1440 } },
    ],
  },
];

export const unitsCases = inBothOrders(cases);
