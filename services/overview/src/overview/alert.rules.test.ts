import { describe, expect, test } from '@jest/globals';
import { downtimeAlerts } from './alert.rules.ts';

const line = { id: 'l1', name: 'Line 3', plant_id: 'p1', is_active: true };
const lines = new Map([[line.id, line]]);
const now = '2026-03-02T12:00:00.000Z';
const stop = (minutes: number, fields = {}) => ({
  id: `s${minutes}`,
  line_id: 'l1',
  start_time: new Date(Date.parse(now) - minutes * 60_000).toISOString(),
  reason_category: 'mechanical' as const,
  is_planned: false,
  description: null,
  ...fields,
});

describe('downtime alerts', () => {
  test.each([
    [4.99, undefined],
    [5, 'medium'],
    [14.99, 'medium'],
    [15, 'high'],
    [59.99, 'high'],
    [60, 'critical'],
  ])('a stop open for %d minutes is %s', (minutes, severity) => {
    expect(downtimeAlerts([stop(minutes)], lines, now)[0]?.severity).toBe(severity);
  });

  test('a planned stop alerts nobody', () => {
    expect(downtimeAlerts([stop(90, { is_planned: true })], lines, now)).toEqual([]);
  });

  test('an alert keeps its id while it grows', () => {
    const early = downtimeAlerts([{ ...stop(6), id: 's' }], lines, now);
    const late = downtimeAlerts([{ ...stop(70), id: 's' }], lines, now);
    expect(early[0]?.id).toBe(late[0]?.id);
  });

  test('the longest comes first', () => {
    expect(downtimeAlerts([stop(6), stop(70), stop(20)], lines, now).map(({ value }) => value)).toEqual([70, 20, 6]);
  });
});
