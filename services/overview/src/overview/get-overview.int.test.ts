import { afterEach, describe, expect, test } from '@jest/globals';
import {
  getDowntimeFigures,
  getLossFigures,
  getOverview,
  getProductionFigures,
  getSensorFigures,
  getTrialFigures,
  Problem,
  type ServiceName,
} from '@plantops/contracts';
import { answer, type Answer } from '@plantops/service-kit';
import { at, LINE_ID, PLANT_ID, rowId, ServiceHarness } from '@plantops/testing';
import { readConfig } from '../config.ts';
import { start } from '../service.ts';

let overview: ServiceHarness | undefined;
afterEach(() => overview?.close());

const losses = {
  average_oee: 82.29,
  total_downtime_minutes_today: 35,
  total_scrap_cost_today: 20,
  total_amount_usd: 395,
  by_category: [{ category: 'speed_loss' as const, total: 200, percentage: 51 }],
  top_lines: [{ line_id: LINE_ID, line_name: 'Line 1', total: 395, percentage: 100 }],
  period: { from: at('00:00'), to: at('12:00') },
  scrap_spikes: [],
  burn_rates: [],
};
const lines = [
  { id: LINE_ID, name: 'Line 1', plant_id: PLANT_ID, is_active: true },
  { id: rowId(20), name: 'Line 2', plant_id: PLANT_ID, is_active: true },
  { id: rowId(21), name: 'Old line', plant_id: PLANT_ID, is_active: false },
];
const open = [
  {
    id: rowId(7),
    line_id: LINE_ID,
    start_time: at('08:00'),
    reason_category: 'mechanical' as const,
    is_planned: false,
    description: 'belt',
  },
];
let askedOfLosses: object | undefined;
const figures: Record<'production' | 'downtimes' | 'money-leaks' | 'trials' | 'sensors', Answer> = {
  production: answer(getProductionFigures, async () => ({
    lines,
    plants: [],
    running_batches: 2,
    recent_scrap_events: 5,
    overdue_batches: [],
    waiting: [
      { reason: 'early', count: 1 },
      { reason: 'too_old', count: 2 },
    ],
  })),
  downtimes: answer(getDowntimeFigures, async () => ({ open, waiting: [{ reason: 'too_old', count: 3 }] })),
  'money-leaks': answer(getLossFigures, async (input) => {
    askedOfLosses = input;
    return losses;
  }),
  trials: answer(getTrialFigures, async () => ({ active_trials: 3 })),
  sensors: answer(getSensorFigures, async () => ({ breached: [] })),
};
const startBeside = async (answers: Partial<Record<ServiceName, Answer>>) => {
  const neighbours = Object.entries(answers).map(([service, one]) => ({
    service: service as ServiceName,
    answers: [one],
  }));
  overview = await ServiceHarness.start('overview', start, readConfig, { neighbours });
  return overview;
};
const without = (service: keyof typeof figures) =>
  Object.fromEntries(Object.entries(figures).filter(([name]) => name !== service));

describe('the overview', () => {
  test('is composed from the answers of the other services', async () => {
    const service = await startBeside(figures);
    expect(await service.call(getOverview, {}, { role: 'viewer' })).toMatchObject({
      kpis: {
        total_lines: 2,
        active_lines: 1,
        running_batches: 2,
        average_oee: 82.29,
        total_scrap_cost_today: 20,
        total_downtime_minutes_today: 35,
      },
      money_leaks: { total_amount_usd: 395, by_category: losses.by_category, top_lines: losses.top_lines },
      alerts: [{ line_id: LINE_ID, severity: 'critical', type: 'downtime' }],
      active_trials: 3,
      recent_scrap_events: 5,
      waiting: {
        total: 6,
        by_reason: [
          { reason: 'too_old', count: 5 },
          { reason: 'early', count: 1 },
        ],
      },
      period: { name: 'today', ...losses.period },
      degraded: [],
    });
    expect(askedOfLosses).toEqual({ period: 'today' });
  });

  test.each(['today', 'yesterday', 'shift', '7d', '30d'] as const)(
    'of %s leaves it to the ledger what that is in each plant',
    async (period) => {
      const service = await startBeside(figures);
      expect((await service.call(getOverview, { period, line_id: LINE_ID })).period.name).toBe(period);
      expect(askedOfLosses).toEqual({ line_id: LINE_ID, period });
    },
  );

  test('of a window passes on exactly that window; a window together with a period is refused', async () => {
    const service = await startBeside(figures);
    await service.call(getOverview, { from: at('06:00'), to: at('14:00') });
    expect(askedOfLosses).toEqual({ from: at('06:00'), to: at('14:00') });
    await expect(service.call(getOverview, { from: at('06:00'), period: 'today' })).rejects.toMatchObject({
      errors: [{ path: 'period' }],
    });
  });

  test.each([
    [
      'production',
      {
        kpis: { total_lines: null, active_lines: null, running_batches: null, average_oee: 82.29 },
        alerts: null,
        recent_scrap_events: null,
        active_trials: 3,
      },
    ],
    ['downtimes', { kpis: { total_lines: 2, active_lines: null }, alerts: null, waiting: null, active_trials: 3 }],
    [
      'money-leaks',
      {
        kpis: { total_lines: 2, average_oee: null, total_scrap_cost_today: null, total_downtime_minutes_today: null },
        money_leaks: { total_amount_usd: null, by_category: null, top_lines: null },
        period: { name: 'today', from: null, to: null },
        alerts: [{ line_id: LINE_ID }],
      },
    ],
    ['sensors', { alerts: [{ line_id: LINE_ID }], waiting: null, active_trials: 3 }],
    ['trials', { active_trials: null, kpis: { total_lines: 2 }, money_leaks: { total_amount_usd: 395 } }],
  ] as const)('without %s its parts are null, never 0, and it is named', async (missing, expected) => {
    const service = await startBeside(without(missing));
    expect(await service.call(getOverview, {})).toMatchObject({ ...expected, degraded: [missing] });
  });

  test('a part that fails or does not answer in its share of the time is left out', async () => {
    let respond = () => {};
    const silent = answer(getTrialFigures, async () => {
      await new Promise<void>((resolve) => (respond = resolve));
      return { active_trials: 1 };
    });
    const broken = answer(getDowntimeFigures, async () => Promise.reject(new Error('broken')));
    const service = await startBeside({ ...figures, trials: silent, downtimes: broken });
    const shown = await service.call(getOverview, {});
    respond();
    expect(shown).toMatchObject({
      degraded: ['downtimes', 'trials'],
      active_trials: null,
      alerts: null,
      kpis: { total_lines: 2 },
    });
  });

  test('with all services down every part is null, and all are named', async () => {
    const service = await startBeside({});
    const { kpis, degraded } = await service.call(getOverview, {});
    expect(kpis).toEqual({
      total_lines: null,
      active_lines: null,
      running_batches: null,
      average_oee: null,
      total_scrap_cost_today: null,
      total_downtime_minutes_today: null,
    });
    expect(degraded).toEqual(['production', 'downtimes', 'money-leaks', 'trials', 'sensors']);
  });

  test('a wrong query gets its error, not a missing part', async () => {
    const refusing = answer(getLossFigures, async () => Promise.reject(Problem.field('from', 'must be before to')));
    const service = await startBeside({ ...figures, 'money-leaks': refusing });
    await expect(service.call(getOverview, { from: at('14:00'), to: at('06:00') })).rejects.toMatchObject({
      code: 'invalid',
      errors: [{ path: 'from' }],
    });
  });
});
