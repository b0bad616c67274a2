import { describe, expect, test } from '@jest/globals';
import type { CloudEvent } from '@plantops/contracts';
import { aBatch, aCount, aPlant, aStateReport, aStop, at, LINE_ID, rowId } from '@plantops/testing';
import fc from 'fast-check';
import { factOf, type Fact } from '../facts/fact.rules.ts';
import {
  changedIntervals,
  originsOf,
  shiftsAround,
  withWholeBatches,
  type Neighbours,
} from './changed-intervals.rules.ts';

const ms = (time: string) => Date.parse(at(time));
const NOW = ms('12:00');
const fact = (type: string, data: object) => factOf({ type, data } as CloudEvent) as Fact;
const alone: Neighbours = { namedBatches: [], parts: [], unitsNaming: [], nextBatches: new Map(), points: new Map() };
const changed = (facts: readonly Fact[], neighbours: Partial<Neighbours> = {}) =>
  changedIntervals(facts, { ...alone, ...neighbours }, NOW).map(({ interval, is_loose }) => [
    interval.from,
    interval.to,
    is_loose,
  ]);

describe('changed is', () => {
  test('the interval of a fact with the millisecond on both sides, up to now while it lasts', () => {
    expect(changed([fact('downtime.ended', aStop())])).toEqual([[ms('08:00') - 1, ms('08:20') + 1, false]]);
    expect(changed([fact('downtime.started', aStop({ end_time: null }))])).toEqual([[ms('08:00') - 1, NOW, false]]);
  });

  test('the time of a state up to the next one', () => {
    const state = fact('state.changed', aStateReport({ line_id: LINE_ID, at: at('08:00') }));
    const next = (next_state: string | null) =>
      changed([state], { points: new Map([[state, { next_state, is_posted: false }]]) });
    expect(next(at('09:00'))).toEqual([[ms('08:00') - 1, ms('09:00'), true]]);
    expect(next(null)).toEqual([[ms('08:00') - 1, NOW, true]]);
  });

  test('the whole of a split stop, of named batches, of what a batch cuts, and where units name it', () => {
    const batch = fact('batch.started', aBatch({ started_at: at('08:00'), completed_at: at('08:10') }));
    const neighbours = {
      parts: [{ line_id: LINE_ID, origin_id: rowId(70), began: at('05:00'), ended: at('05:30'), until: at('05:40') }],
      namedBatches: [
        { id: rowId(4), named_by: rowId(5), line_id: rowId(80), began: at('06:00'), ended: null, is_closed: false },
      ],
      nextBatches: new Map([[batch, at('09:00')]]),
      unitsNaming: [{ line_id: rowId(81), began: at('2026-03-04T08:00:00Z'), batch_id: batch.id }],
    };
    expect(changed([batch], neighbours)).toEqual([
      [ms('08:00') - 1, ms('08:10') + 1, true],
      [ms('05:00'), ms('09:00'), false],
      [ms('06:00'), NOW, false],
      [ms('2026-03-04T08:00:00Z'), ms('2026-03-04T08:00:00Z'), false],
    ]);
  });

  test('loose only for what names no batch and counts in its shift', () => {
    expect(changed([fact('count.logged', aCount({ batch_id: null, batch_number: null }))])).toEqual([
      [ms('08:00') - 1, ms('08:00') + 1, true],
    ]);
    expect(changed([fact('count.logged', aCount({ batch_id: null, batch_number: 'B1' }))])[0]?.[2]).toBe(false);
  });
});

test('there is one interval for all that begins on the same UTC day, and it holds all of that', () => {
  const anyStop = fc.record({
    day: fc.integer({ min: 2, max: 5 }),
    hour: fc.integer({ min: 1, max: 22 }),
    minutes: fc.integer({ min: 0, max: 600 }),
  });
  fc.assert(
    fc.property(fc.array(anyStop, { minLength: 1 }), (stops) => {
      const facts = stops.map(({ day, hour, minutes }) => {
        const from = Date.UTC(2026, 2, day, hour);
        return fact(
          'downtime.ended',
          aStop({
            start_time: new Date(from).toISOString(),
            end_time: new Date(from + minutes * 60_000).toISOString(),
          }),
        );
      });
      const intervals = changed(facts);
      expect(intervals).toHaveLength(new Set(stops.map(({ day }) => day)).size);
      for (const { began, ended } of facts)
        expect(
          intervals.some(([from, to]) => Number(from) < Date.parse(began) && Number(to) > Date.parse(ended as string)),
        ).toBe(true);
    }),
  );
});

test('batches that overlap or meet an interval belong to it whole; open ones up to now', () => {
  const interval = { from: ms('08:00'), to: ms('09:00') };
  const batch = (began: string, ended: string | null, line_id = LINE_ID) => ({
    line_id,
    began: at(began),
    ended: ended === null ? null : at(ended),
  });
  const whole = (...batches: ReturnType<typeof batch>[]) =>
    withWholeBatches([{ line_id: LINE_ID, interval, is_loose: false }], batches, NOW).map((one) => one.interval);
  expect(whole(batch('06:00', '08:00'), batch('09:00', '10:00'))).toEqual([{ from: ms('06:00'), to: ms('10:00') }]);
  expect(whole(batch('08:30', null))).toEqual([{ from: ms('08:00'), to: NOW }]);
  expect(whole(batch('06:00', '07:00'), batch('08:00', '10:00', rowId(9)))).toEqual([interval]);
});

test('the shifts around an interval are whole; without a calendar it stays as it is', () => {
  const weekly = [{ name: 'early', start: '06:00', end: '14:00', breaks: [], weekdays: [1, 2, 3, 4, 5, 6, 7] }];
  const interval = { from: ms('08:00'), to: ms('09:00') };
  const plant = aPlant({ calendars: [{ valid_from: null, timezone: 'UTC', weekly, exceptions: [] }] });
  expect(shiftsAround(plant, interval)).toEqual({ from: ms('06:00'), to: ms('14:00') });
  expect(shiftsAround(plant, { from: ms('15:00'), to: ms('16:00') })).toEqual({ from: ms('15:00'), to: ms('16:00') });
});

test('the wholes of split stops are named once', () => {
  const part = () => fact('downtime.ended', aStop({ origin_id: rowId(70) }));
  expect(originsOf([part(), part(), fact('downtime.ended', aStop())])).toEqual([rowId(70)]);
});
