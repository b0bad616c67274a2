import { describe, expect, test } from '@jest/globals';
import { alertsOf } from './alert.rules.ts';
import type { Answers } from './answers.ts';

const now = '2026-03-02T12:00:00.000Z';
const ago = (minutes: number) => new Date(Date.parse(now) - minutes * 60_000).toISOString();
const quiet = {
  production: {
    lines: [{ id: 'l1', name: 'Line 3', plant_id: 'p1', is_active: true }],
    plants: [],
    running_batches: 0,
    recent_scrap_events: 0,
    overdue_batches: [],
  },
  downtimes: { open: [] },
  'money-leaks': {
    average_oee: null,
    total_downtime_minutes_today: 0,
    total_scrap_cost_today: 0,
    total_amount_usd: 0,
    by_category: [],
    top_lines: [],
    period: { from: ago(720), to: now },
    scrap_spikes: [],
    burn_rates: [],
  },
  trials: { active_trials: 0 },
  sensors: { breached: [] },
} satisfies Answers;
const stop = (minutes: number, fields = {}) => ({
  id: `s${minutes}`,
  line_id: 'l1',
  start_time: ago(minutes),
  reason_category: 'mechanical' as const,
  is_planned: false,
  description: null,
  ...fields,
});
const withStops = (...open: ReturnType<typeof stop>[]) => alertsOf({ ...quiet, downtimes: { open } }, now) ?? [];

describe('an open stop', () => {
  test.each([
    [4.99, undefined],
    [5, 'medium'],
    [14.99, 'medium'],
    [15, 'high'],
    [59.99, 'high'],
    [60, 'critical'],
  ])('of %d minutes is %s', (minutes, severity) => expect(withStops(stop(minutes))[0]?.severity).toBe(severity));

  test('that is planned raises no alert', () => expect(withStops(stop(90, { is_planned: true }))).toEqual([]));

  test('keeps its id while it grows', () => {
    expect(withStops({ ...stop(6), id: 's' })[0]?.id).toBe(withStops({ ...stop(70), id: 's' })[0]?.id);
  });
});

describe('a line that reports nothing', () => {
  test('alerts once, as a line that nobody hears, and more severely the longer it lasts', () => {
    const silent = (minutes: number) => withStops(stop(minutes, { source: 'silence', reason_category: 'unknown' }));
    expect(silent(3)).toMatchObject([
      { id: 'not_reporting:s3', type: 'not_reporting', severity: 'medium', line_id: 'l1', since: ago(3), value: 3 },
    ]);
    expect([16, 61].map((minutes) => silent(minutes).map(({ type, severity }) => `${type} ${severity}`))).toEqual([
      ['not_reporting high'],
      ['not_reporting critical'],
    ]);
  });
});

test('a device that is away alerts for its line, with since when and why', () => {
  const lost = [{ line_id: 'l1', device: 'G/N/D', since: ago(20), reason: 'NDEATH' }];
  expect(alertsOf({ ...quiet, downtimes: { open: [], lost_devices: lost } }, now)).toMatchObject([
    {
      id: 'not_reporting:l1:G/N/D',
      type: 'not_reporting',
      severity: 'high',
      since: ago(20),
      value: 20,
      message: expect.stringContaining('NDEATH'),
    },
  ]);
});

describe('a line that counts units while it is stopped', () => {
  const counting = (is_end_assumed: boolean) =>
    alertsOf(
      {
        ...quiet,
        downtimes: {
          open: [],
          counting: [{ id: 's1', line_id: 'l1', start_time: ago(60), counted_from: ago(20), is_end_assumed }],
        },
      },
      now,
    ) ?? [];

  test('alerts with since when it counts, and what to do', () => {
    const alert = { id: 'counting_while_stopped:s1', type: 'counting_while_stopped', since: ago(20), value: 20 };
    expect(counting(true)).toMatchObject([{ ...alert, message: expect.stringContaining('assumed to have ended') }]);
    expect(counting(false)).toMatchObject([{ ...alert, message: expect.stringContaining('end it, or void it') }]);
  });
});

describe('what else alerts', () => {
  const only = (answers: Partial<Answers>) => alertsOf({ ...quiet, ...answers }, now)?.[0];
  test('scrap beyond the line’s own limit, in percent', () => {
    const spike = {
      line_id: 'l1',
      product_id: null,
      hour: ago(60),
      rejects: 20,
      made: 200,
      value: 0.1,
      limit: 0.096233,
    };
    expect(only({ 'money-leaks': { ...quiet['money-leaks'], scrap_spikes: [spike] } })).toMatchObject({
      type: 'scrap_spike',
      severity: 'medium',
      value: 10,
      threshold: 9.6233,
      since: ago(60),
    });
  });

  test.each([
    [150, 'medium'],
    [300, 'high'],
    [600, 'critical'],
  ])('%d dollars in a time that usually loses 50 is %s', (amount_usd, severity) => {
    const burn = { line_id: 'l1', since: ago(90), amount_usd, usual_usd: 50 };
    const alert = only({ 'money-leaks': { ...quiet['money-leaks'], burn_rates: [burn] } });
    expect(alert).toMatchObject({ type: 'leak_burn', severity, value: amount_usd, threshold: 150 });
  });

  test('units that are in no figure, until the day is over', () => {
    const unplaced = { line_id: 'l1', since: ago(720), units: 5 };
    const alert = only({ 'money-leaks': { ...quiet['money-leaks'], unplaced_units: [unplaced] } });
    expect(alert).toMatchObject({ type: 'unplaced_units', severity: 'low', value: 5, since: ago(720) });
  });

  test.each([
    [10, 'low'],
    [60, 'medium'],
    [240, 'high'],
  ])('a batch %d minutes over its planned end is %s', (minutes, severity) => {
    const batch = { id: 'b1', batch_number: 'B-7', line_id: 'l1', planned_end: ago(minutes) };
    const alert = only({ production: { ...quiet.production, overdue_batches: [batch] } });
    expect(alert).toMatchObject({ type: 'batch_overdue', severity, value: minutes, since: ago(minutes) });
  });

  test('a line whose events are ahead or too old, once for each, with the largest offset of all services', () => {
    const clock = (side: 'ahead' | 'behind', events: number, minutes: number, since: string) => ({
      line_id: 'l1',
      side,
      events,
      since,
      offset_minutes: minutes,
      limit_minutes: side === 'ahead' ? 0 : 50_400,
    });
    const alerts = alertsOf(
      {
        ...quiet,
        production: {
          ...quiet.production,
          line_clocks: [clock('ahead', 2, 6, ago(9)), clock('behind', 1, 72_000, ago(1))],
        },
        downtimes: { ...quiet.downtimes, line_clocks: [clock('ahead', 1, 200, ago(20))] },
      },
      now,
    );
    expect(alerts).toMatchObject([
      {
        id: 'line_clock:l1:ahead',
        type: 'line_clock',
        severity: 'medium',
        title: 'The clock of Line 3 looks wrong',
        message: '3 of its events wait: they are up to 3 hours ahead of the clock',
        since: ago(20),
        value: 200,
        threshold: 0,
        plant_id: 'p1',
      },
      {
        id: 'line_clock:l1:behind',
        message: '1 of its events wait: they are up to 50 days old when they arrived',
        value: 72_000,
        threshold: 50_400,
      },
    ]);
  });

  test('a sensor outside its limits', () => {
    const sensor = {
      sensor_id: 't1',
      line_id: 'l1',
      name: 'Oven',
      unit: '°C',
      side: 'high' as const,
      limit: 200,
      value: 210,
      since: ago(3),
    };
    expect(only({ sensors: { breached: [sensor] } })).toMatchObject({
      type: 'sensor_limit',
      value: 210,
      threshold: 200,
      plant_id: 'p1',
    });
  });
});

describe('the list of alerts', () => {
  test('has the most severe first, and among those the longest', () => {
    expect(withStops(stop(6), stop(70), stop(20), stop(80)).map(({ value }) => value)).toEqual([80, 70, 20, 6]);
  });

  test('is null, not empty, while a service is down', () => {
    expect(alertsOf(quiet, now)).toEqual([]);
    for (const away of ['downtimes', 'sensors', 'money-leaks'])
      expect([away, alertsOf({ ...quiet, [away]: null }, now)]).toEqual([away, null]);
    expect(alertsOf({ ...quiet, sensors: null, downtimes: { open: [stop(70)] } }, now)).toHaveLength(1);
    expect(alertsOf({ ...quiet, production: null, downtimes: { open: [stop(70)] } }, now)).toBeNull();
  });
});
