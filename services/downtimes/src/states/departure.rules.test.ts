import { describe, expect, test } from '@jest/globals';
import { lineState } from '@plantops/contracts';
import { at } from '@plantops/testing';
import fc from 'fast-check';
import type { Reasons } from '../reasons/reason.rules.ts';
import { partsOf, unprovenIn, type BatchInterval, type Part } from './departure.rules.ts';
import { heldOf, type Report } from './held.rules.ts';

const START = Date.parse(at('00:00'));
const minute = (n: number) => new Date(START + n * 60_000).toISOString();
const report = (time: string, state: Report['state'], reason_code: string | null = null): Report => ({
  at: at(time),
  state,
  reason_code,
  seq: 0,
  event_id: `${time} ${state} ${reason_code ?? ''}`,
});
const flags = { is_planned: false, is_failure: false, is_excluded: false, is_unavoidable: false };
const reasons: Reasons = new Map([
  ['jam', { ...flags, category: 'mechanical', is_failure: true }],
  ['belt', { ...flags, category: 'mechanical', is_failure: true }],
  ['lunch', { ...flags, category: 'break', is_planned: true }],
  ['strike', { ...flags, category: 'other', is_excluded: true }],
]);

const LAST = 60;
const code = fc.constantFrom(null, 'jam', 'belt', 'mechanical', 'lunch', 'strike');
/** Reports on a grid, so that many share their minute, and one or two batches. */
const reports: fc.Arbitrary<Report[]> = fc
  .array(
    fc.record({
      at: fc.nat(LAST).map(minute),
      state: fc.constantFrom(...lineState.options),
      reason_code: code,
      seq: fc.nat(1),
    }),
    { maxLength: 25 },
  )
  .map((all) => all.map((one, index) => ({ ...one, event_id: `e${index}` })));
const batches: fc.Arbitrary<BatchInterval[]> = fc.array(
  fc.record({ from: fc.nat(LAST), minutes: fc.option(fc.integer({ min: 1, max: 30 })) }).map(({ from, minutes }) => ({
    from: minute(from),
    to: minutes === null ? null : minute(from + minutes),
  })),
  { maxLength: 2 },
);
const runs = { numRuns: 1_000 };
const covers = ({ from, to }: { from: string; to: string | null }, instant: string) =>
  from <= instant && (to === null || instant < to);
const shown = (parts: readonly Part[]) =>
  parts.map(({ from, to, reason_category, reason_code, is_planned }) =>
    [from.slice(11, 16), to?.slice(11, 16) ?? 'open', reason_category, reason_code, is_planned ? 'planned' : '']
      .filter(Boolean)
      .join(' '),
  );
const timesOf = (parts: readonly Part[]) => parts.map(({ from, to }) => ({ from, to }));

describe('departures from running', () => {
  test('the same reports in any order give the same parts', () => {
    fc.assert(
      fc.property(
        reports.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        batches,
        ([all, other], spans) => {
          expect(partsOf(other, spans, reasons)).toEqual(partsOf(all, spans, reasons));
        },
      ),
      runs,
    );
  });

  test('at every instant exactly one part stands where the line does not run, and none where it does', () => {
    fc.assert(
      fc.property(reports, batches, (all, spans) => {
        const parts = partsOf(all, spans, reasons);
        const held = heldOf(all);
        for (let n = 0; n <= LAST + 35; n += 1) {
          const word = held.findLast((one) => one.at <= minute(n));
          const here = parts.filter((part) => covers(part, minute(n)));
          expect(here).toHaveLength(word === undefined || word.state === 'running' ? 0 : 1);
        }
      }),
      runs,
    );
  });

  test('a state that is reported again while it lasts changes nothing', () => {
    fc.assert(
      fc.property(reports, batches, fc.nat(LAST), (all, spans, n) => {
        const held = heldOf(all);
        const last = held.at(-1);
        const closed: Report[] =
          last === undefined || last.state === 'running'
            ? held
            : [...held, { ...last, at: minute(LAST + 1), state: 'running' }];
        const word = closed.findLast((one) => one.at <= minute(n));
        fc.pre(word !== undefined && word.at !== minute(n));
        const again = { ...word, at: minute(n), event_id: 'again' };
        expect(partsOf([...closed, again], spans, reasons)).toEqual(partsOf(closed, spans, reasons));
      }),
      runs,
    );
  });

  test('a reason code of the same loss changes no time', () => {
    fc.assert(
      fc.property(reports, batches, fc.nat(), (all, spans, pick) => {
        const held = heldOf(all);
        const jams = held.filter(({ state, reason_code }) => state === 'stopped' && reason_code === 'jam');
        fc.pre(jams.length > 0);
        const one = jams[pick % jams.length];
        const other = held.map((each) => (each === one ? { ...each, reason_code: 'belt' } : each));
        expect(timesOf(partsOf(other, spans, reasons))).toEqual(timesOf(partsOf(held, spans, reasons)));
      }),
      runs,
    );
  });

  test('a code that comes while the line stands does not cut the stop', () => {
    const jam = [
      report('05:00', 'running'),
      report('07:10', 'stopped'),
      report('07:14', 'stopped', 'jam'),
      report('07:17', 'running'),
    ];
    expect(shown(partsOf(jam, [], reasons))).toEqual(['07:10 07:17 mechanical jam']);
  });

  test('a stop without a code takes the loss of the coded one right after it, else right before', () => {
    const lunch = [report('07:00', 'stopped'), report('07:10', 'stopped'), report('07:14', 'stopped', 'lunch')];
    expect(shown(partsOf([...lunch, report('07:20', 'running')], [], reasons))).toEqual([
      '07:00 07:20 break lunch planned',
    ]);
    const after = [report('07:00', 'stopped', 'lunch'), report('07:30', 'stopped'), report('07:40', 'blocked')];
    expect(shown(partsOf([...after, report('07:50', 'running')], [], reasons))).toEqual([
      '07:00 07:40 break lunch planned',
      '07:40 07:50 blocked',
    ]);
  });

  test('a departure is cut where the loss changes, and its parts share it', () => {
    const parts = partsOf(
      [
        report('05:00', 'running'),
        report('10:00', 'stopped', 'jam'),
        report('10:02', 'blocked'),
        report('10:03', 'starved'),
        report('10:05', 'stopped', 'belt'),
        report('10:06', 'running'),
        report('11:00', 'stopped'),
      ],
      [],
      reasons,
    );
    expect(shown(parts)).toEqual([
      '10:00 10:02 mechanical jam',
      '10:02 10:05 starved',
      '10:05 10:06 mechanical belt',
      '11:00 open unknown',
    ]);
    expect(new Set(parts.map(({ departure }) => departure)).size).toBe(2);
  });

  test('the reason of a part is its longest code; of equal ones the earlier; while it is open up to its last report', () => {
    const codes = [
      report('10:00', 'stopped', 'jam'),
      report('10:05', 'stopped', 'belt'),
      report('10:11', 'stopped', 'jam'),
    ];
    expect(shown(partsOf([...codes, report('10:12', 'running')], [], reasons))).toEqual(['10:00 10:12 mechanical jam']);
    expect(shown(partsOf([...codes, report('10:18', 'running')], [], reasons))).toEqual(['10:00 10:18 mechanical jam']);
    expect(shown(partsOf(codes, [], reasons))).toEqual(['10:00 open mechanical belt']);
    expect(shown(partsOf(codes.slice(0, 2), [], reasons))).toEqual(['10:00 open mechanical jam']);
  });

  test.each([
    ['stopped', null, { reason_category: 'unknown', is_planned: false }],
    ['stopped', 'mechanical', { reason_category: 'mechanical', is_planned: false }],
    ['stopped', 'break', { reason_category: 'break', is_planned: true }],
    ['stopped', 'E-17', { reason_category: 'unknown', reason_code: 'E-17' }],
    ['changeover', null, { reason_category: 'changeover', is_planned: false }],
    ['planned_stop', 'cleaning', { reason_category: 'cleaning', is_planned: true }],
    ['planned_stop', null, { reason_category: 'other', is_planned: true }],
    ['starved', 'mechanical', { reason_category: 'starved', is_planned: false, reason_code: 'mechanical' }],
    ['blocked', null, { reason_category: 'blocked', is_planned: false }],
  ] as const)('%s with reason %s', (state, reason, expected) => {
    expect(partsOf([report('08:00', state, reason)], [])).toMatchObject([expected]);
  });

  test('idle time is cut where batches begin and end, and joins a stop of its own loss', () => {
    const idle = [
      report('05:00', 'idle'),
      report('13:00', 'stopped', 'jam'),
      report('13:30', 'idle'),
      report('16:00', 'running'),
    ];
    expect(shown(partsOf(idle, [{ from: at('06:00'), to: at('14:00') }], reasons))).toEqual([
      '05:00 06:00 no_demand planned',
      '06:00 14:00 mechanical jam',
      '14:00 16:00 no_demand planned',
    ]);
  });
});

describe('reports of one instant', () => {
  const stateAfter = (...all: Report[]) => heldOf(all).at(-1);
  const at9 = (state: Report['state'], more: Partial<Report> = {}): Report => ({ ...report('09:00', state), ...more });

  test('the highest seq is the last', () => {
    expect(
      stateAfter(report('08:00', 'stopped'), at9('running', { seq: 2 }), at9('stopped', { seq: 1 })),
    ).toMatchObject({
      state: 'running',
    });
  });

  test.each([
    ['the state that held before: the line tried to start and failed', 'stopped', ['running', 'stopped'], 'stopped'],
    ['the state that held before: the line tried to stop and failed', 'running', ['running', 'stopped'], 'running'],
    ['else running', 'blocked', ['running', 'stopped'], 'running'],
  ] as const)('without a seq it is %s', (_what, before, states, expected) => {
    for (const order of [[...states], states.toReversed()])
      expect(stateAfter(report('08:00', before), ...order.map((state) => at9(state)))).toMatchObject({
        state: expected,
      });
  });

  test('else one with a code, then the higher event id', () => {
    const coded = [
      at9('stopped'),
      at9('starved', { reason_code: 'a' }),
      at9('blocked', { reason_code: 'b', event_id: '0' }),
    ];
    expect(stateAfter(...coded)).toMatchObject({ state: 'starved' });
  });
});

describe('units that prove that a line runs', () => {
  const version = { valid_from: null, ideal_cycle_seconds: 60, late_unit_seconds: 120, units_end_stops: true };
  const asked = (all: readonly Report[], more: object = {}) =>
    unprovenIn(heldOf(all), [{ ...version, ...more }]).map(({ since, after, before }) =>
      [since, after, before].map((instant) => instant?.slice(11, 16) ?? 'open').join(' '),
    );
  const stopped = [report('05:00', 'running'), report('07:00', 'stopped')];

  test('are looked for later than late units come, until the next report, but not where that says that it runs', () => {
    expect(asked(stopped)).toEqual(['07:00 07:02 open']);
    expect(asked(stopped, { late_unit_seconds: 0, ideal_cycle_seconds: 600 })).toEqual(['07:00 07:10 open']);
    expect(asked(stopped, { ideal_cycle_seconds: 90_000 })).toEqual(['07:00 08:00 open']);
    expect(asked([...stopped, report('09:00', 'running')])).toEqual([]);
    expect(asked([...stopped, report('07:02', 'stopped'), report('09:00', 'blocked')])).toEqual([
      '07:02 07:04 09:00',
      '09:00 09:02 open',
    ]);
    expect(asked(stopped, { units_end_stops: false })).toEqual([]);
  });

  test('end its departure there, assumed; a later state begins another one', () => {
    const all = [...stopped, report('09:00', 'blocked'), report('09:30', 'running')];
    const parts = partsOf(all, [], reasons, new Map([[at('07:00'), at('07:40')]]));
    expect(shown(parts)).toEqual(['07:00 07:40 unknown', '09:00 09:30 blocked']);
    expect(parts.map(({ is_end_assumed, departure }) => [is_end_assumed, departure.to?.slice(11, 16)])).toEqual([
      [true, '07:40'],
      [false, '09:30'],
    ]);
  });

  test('end only the last part of a departure', () => {
    const all = [...stopped, report('07:10', 'blocked')];
    const parts = partsOf(all, [], reasons, new Map([[at('07:10'), at('07:40')]]));
    expect(parts.map(({ is_end_assumed }) => is_end_assumed)).toEqual([false, true]);
  });
});
