import { expect, test } from '@jest/globals';
import { addReliability, reliability, reliabilityTerms, type Stop } from '../index.ts';
import { at, batch, EVER, line, stop, wholeDay, window } from '../line-fixture.ts';

const terms = (stops: Stop[], interval = wholeDay, now = EVER): ReturnType<typeof reliabilityTerms> =>
  reliabilityTerms(line({}, { batches: [batch('B', '06:00', '14:00')], stops }), interval, now, 400 * 60_000);

test('without failures all figures are null', () => {
  expect(reliability(terms([]))).toEqual({ failures: 0, mtbf_minutes: null, mttr_minutes: null, mtta_minutes: null });
});

test('a failure is an unplanned stop at or over the threshold with a failure reason', () => {
  const stops = [
    stop('a', '07:00', '07:10', 'mechanical', { acknowledged_at: at('07:02') }),
    stop('b', '08:00', '08:04', 'electrical'),
    stop('c', '09:00', '09:20', 'no_material'),
    stop('d', '10:00', '10:20', 'mechanical', { is_planned: true }),
    stop('e', '11:00', null, 'controls'),
  ];
  expect(reliability(terms(stops, wholeDay, at('12:00')))).toEqual({
    failures: 2,
    mtbf_minutes: 200,
    mttr_minutes: 10,
    mtta_minutes: 2,
  });
});

test('a failure belongs completely to the window in which it starts', () => {
  const stops = [stop('a', '07:50', '08:20', 'mechanical')];
  expect(reliability(terms(stops, window('07:00', '08:00'))).mttr_minutes).toBe(30);
  expect(terms(stops, window('08:00', '09:00')).failures).toBe(0);
});

test('the parts of a split stop are one failure', () => {
  const stops = [
    stop('a', '07:00', '07:04', 'mechanical'),
    stop('b', '07:04', '07:08', 'electrical', { origin_id: 'a' }),
  ];
  expect(terms(stops)).toMatchObject({ failures: 1, repaired: 1, repair_ms: 8 * 60_000 });
});

test('a departure from running is one failure by its unplanned time: the minutes of its failing parts are repaired', () => {
  const part = { origin_id: 'a' };
  const stops = [
    stop('a', '10:00', '10:02', 'electrical', { ...part, acknowledged_at: at('10:01') }),
    stop('b', '10:02', '10:05', 'blocked', part),
    stop('c', '10:05', '10:06', 'electrical', part),
  ];
  expect(terms(stops)).toMatchObject({ failures: 1, repair_ms: 3 * 60_000, acknowledged: 1, response_ms: 60_000 });
  const night = [
    stop('a', '06:00', '10:00', 'no_demand', { ...part, is_planned: true }),
    stop('b', '10:00', '10:01', 'mechanical', part),
  ];
  expect(terms(night)).toMatchObject({ failures: 0 });
});

test('an acknowledgement after the end is no response', () => {
  const stops = [stop('a', '07:00', '07:10', 'mechanical', { acknowledged_at: at('09:00') })];
  expect(terms(stops)).toMatchObject({ failures: 1, acknowledged: 0 });
});

test('a failure that is reported twice counts once, and masked minutes are no repair time', () => {
  const stops = [
    stop('a', '07:00', '07:30', 'mechanical'),
    stop('b', '07:05', '07:25', 'mechanical'),
    stop('c', '07:20', '07:25', 'break', { is_planned: true }),
  ];
  expect(terms(stops)).toMatchObject({ failures: 1, repair_ms: 25 * 60_000 });
});

test('terms of lines and windows can be added', () => {
  const one = terms([stop('a', '07:00', '07:10', 'mechanical')]);
  expect(reliability(addReliability(one, one))).toMatchObject({ failures: 2, mtbf_minutes: 400, mttr_minutes: 10 });
});
