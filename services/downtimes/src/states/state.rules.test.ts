import { describe, expect, test } from '@jest/globals';
import { lineState } from '@plantops/contracts';
import { at, rowId } from '@plantops/testing';
import fc from 'fast-check';
import { stopsOf, type BatchSpan, type DerivedStop, type Report } from './state.rules.ts';

const START = Date.parse(at('00:00'));
const minute = (n: number) => new Date(START + n * 60_000).toISOString();
const report = (id: number, time: string, state: Report['state'], reason_code: string | null = null): Report => ({
  id: rowId(id),
  at: at(time),
  state,
  reason_code,
});

const LAST = 60;
/** Reports on a grid, so that many share their minute, and one or two batches. */
const reports = fc
  .array(
    fc.record({
      at: fc.nat(LAST),
      state: fc.constantFrom(...lineState.options),
      reason_code: fc.constantFrom(null, 'jam', 'mechanical'),
    }),
    { maxLength: 25 },
  )
  .map((all) => all.map((one, index) => ({ ...one, id: rowId(index), at: minute(one.at) })));
const batches: fc.Arbitrary<BatchSpan[]> = fc.array(
  fc.record({ from: fc.nat(LAST), minutes: fc.option(fc.integer({ min: 1, max: 30 })) }).map(({ from, minutes }) => ({
    from: minute(from),
    to: minutes === null ? null : minute(from + minutes),
  })),
  { maxLength: 2 },
);
const covers = ({ from, to }: { from: string; to: string | null }, instant: string) =>
  from <= instant && (to === null || instant < to);
/** The last reported state at an instant. */
const lastWord = (all: readonly Report[], instant: string): Report | undefined =>
  all
    .filter((one) => one.at <= instant)
    .sort((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id))
    .at(-1);
const content = (stops: readonly DerivedStop[]) => stops.map(({ key: _key, ...stop }) => stop);

describe('stops derived from states', () => {
  test('the same reports in any order give the same stops', () => {
    fc.assert(
      fc.property(
        reports.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        batches,
        ([all, other], spans) => {
          expect(stopsOf(other, spans)).toEqual(stopsOf(all, spans));
        },
      ),
    );
  });

  test('at every instant exactly one stop stands where the line does not run, and none where it does', () => {
    fc.assert(
      fc.property(reports, batches, (all, spans) => {
        const stops = stopsOf(all, spans);
        for (let n = 0; n <= LAST + 35; n += 1) {
          const [word, here] = [lastWord(all, minute(n)), stops.filter((stop) => covers(stop, minute(n)))];
          expect(here).toHaveLength(word === undefined || word.state === 'running' ? 0 : 1);
          if (word?.state !== 'idle') continue;
          const inBatch = spans.some((span) => covers(span, minute(n)));
          expect(here[0]).toMatchObject(
            inBatch
              ? { reason_category: 'unknown', is_planned: false }
              : { reason_category: 'no_demand', is_planned: true },
          );
        }
      }),
    );
  });

  test('every stop ends after it began and has its own key', () => {
    fc.assert(
      fc.property(reports, batches, (all, spans) => {
        const stops = stopsOf(all, spans);
        expect(stops.every(({ from, to }) => to === null || from < to)).toBe(true);
        expect(new Set(stops.map(({ key }) => key)).size).toBe(stops.length);
      }),
    );
  });

  test('the key of a stop that a later report ends stays the same', () => {
    const open = stopsOf([report(1, '08:00', 'stopped')], []);
    const ended = stopsOf([report(1, '08:00', 'stopped'), report(2, '08:20', 'running')], []);
    expect(ended).toEqual([{ ...open[0], to: at('08:20') }]);
  });

  test('a repeated report is a heartbeat, another reason another stop', () => {
    const beats = [
      report(1, '08:00', 'stopped', 'jam'),
      report(2, '08:10', 'stopped', 'jam'),
      report(3, '08:20', 'stopped', 'belt'),
    ];
    expect(content(stopsOf(beats, []))).toMatchObject([
      { from: at('08:00'), to: at('08:20'), reason_code: 'jam' },
      { from: at('08:20'), to: null, reason_code: 'belt' },
    ]);
  });

  test.each([
    ['stopped', null, { reason_category: 'unknown', is_planned: false }],
    ['stopped', 'mechanical', { reason_category: 'mechanical', is_planned: false }],
    ['stopped', 'E-17', { reason_category: 'unknown', reason_code: 'E-17' }],
    ['changeover', null, { reason_category: 'changeover', is_planned: false }],
    ['planned_stop', 'cleaning', { reason_category: 'cleaning', is_planned: true }],
    ['planned_stop', null, { reason_category: 'other', is_planned: true }],
    ['starved', 'mechanical', { reason_category: 'starved', is_planned: false, reason_code: 'mechanical' }],
    ['blocked', null, { reason_category: 'blocked', is_planned: false }],
  ] as const)('%s with reason %s', (state, reason, expected) => {
    expect(stopsOf([report(1, '08:00', state, reason)], [])).toMatchObject([expected]);
  });

  test('idle time is cut where batches begin and end', () => {
    const idle = [report(1, '05:00', 'idle'), report(2, '16:00', 'running')];
    expect(content(stopsOf(idle, [{ from: at('06:00'), to: at('14:00') }]))).toMatchObject([
      { from: at('05:00'), to: at('06:00'), reason_category: 'no_demand', is_planned: true },
      { from: at('06:00'), to: at('14:00'), reason_category: 'unknown', is_planned: false },
      { from: at('14:00'), to: at('16:00'), reason_category: 'no_demand', is_planned: true },
    ]);
  });
});
