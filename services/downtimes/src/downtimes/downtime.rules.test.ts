import { describe, expect, test } from '@jest/globals';
import { Problem, reasonCategory } from '@plantops/contracts';
import { at, LINE_ID } from '@plantops/testing';
import fc from 'fast-check';
import { acknowledge, amend, assumeEnd, end, split, start, voidStop, type Known, type Stop } from './downtime.rules.ts';

const now = at('12:00');
const known: Known = { versions: [{ valid_from: null, micro_stop_seconds: 300 }], reasons: new Map() };
const stop = (fields: Partial<Stop> = {}): Stop =>
  start(
    { line_id: LINE_ID, start_time: at('08:00'), reason_category: 'mechanical', source: 'manual', ...fields },
    known,
    now,
  );
const invalid = (path: string) =>
  expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ path })] });
const problemOf = (decide: () => unknown): unknown => {
  try {
    return decide();
  } catch (error) {
    return error;
  }
};

describe('what follows from the times of a stop', () => {
  test('open without an end, ended with one, its duration in minutes', () => {
    expect(stop()).toMatchObject({ status: 'open', end_time: null, duration_minutes: null, is_micro_stop: false });
    expect(stop({ end_time: at('08:20') })).toMatchObject({ status: 'ended', duration_minutes: 20 });
  });

  test('ended at once or later, it is the same stop', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 14_400 }),
        fc.constantFrom(...reasonCategory.options),
        (seconds, reason_category) => {
          const end_time = new Date(Date.parse(at('08:00')) + seconds * 1000).toISOString();
          const open = stop({ reason_category });
          expect({ ...open, ...end(open, { end_time }, known, now) }).toEqual(stop({ reason_category, end_time }));
        },
      ),
    );
  });

  test.each([
    ['08:04:59', {}, true],
    ['08:05:00', {}, false],
    ['08:01:00', { reason_category: 'starved' }, true],
    ['08:01:00', { reason_category: 'changeover' }, false],
    ['08:01:00', { phase: 'startup' }, false],
    ['08:01:00', { is_planned: true }, false],
    ['08:01:00', { reason_category: 'break' }, false],
  ] as const)('a stop to %s with %p is a micro-stop: %p', (to, fields, micro) => {
    expect(stop({ ...fields, end_time: at(to) }).is_micro_stop).toBe(micro);
  });

  test('the threshold is the one in force when the stop began', () => {
    const changed = { ...known, versions: [...known.versions, { valid_from: at('08:00:30'), micro_stop_seconds: 10 }] };
    const micro = (from: string) =>
      start(
        { line_id: LINE_ID, start_time: at(from), end_time: at('08:01'), reason_category: 'other', source: 'manual' },
        changed,
        now,
      ).is_micro_stop;
    expect([micro('08:00:29'), micro('08:00:30')]).toEqual([true, false]);
  });

  test('only breaks and missing demand are planned by default', () => {
    expect(reasonCategory.options.filter((reason_category) => stop({ reason_category }).is_planned)).toEqual([
      'break',
      'no_demand',
    ]);
    expect(stop({ reason_category: 'break', is_planned: false }).is_planned).toBe(false);
  });
});

describe('times that contradict each other name the field', () => {
  test.each([
    ['an end at the start', () => stop({ end_time: at('08:00') }), 'end_time'],
    ['an end before the start', () => end(stop(), { end_time: at('07:59:59') }, known, now), 'end_time'],
    ['a start in the future', () => stop({ start_time: at('12:05:01') }), 'start_time'],
    ['an end in the future', () => stop({ end_time: at('12:05:01') }), 'end_time'],
    [
      'an answer before the start',
      () => acknowledge(stop(), { acknowledged_at: at('07:59'), acknowledged_by: 'Ada' }, now),
      'acknowledged_at',
    ],
    [
      'a start moved behind the answer',
      () => amend(stop({ acknowledged_at: at('08:05') }), { start_time: at('08:06') }, known, now),
      'acknowledged_at',
    ],
  ])('%s', (_what, decide, path) => expect(problemOf(decide)).toEqual(invalid(path)));

  test('a stop of more than a year is a mistyped year', () => {
    expect(problemOf(() => stop({ start_time: at('2020-01-01T00:00:00Z'), end_time: at('08:20') }))).toEqual(
      invalid('end_time'),
    );
  });

  test('clocks may differ by five minutes', () => expect(() => stop({ start_time: at('12:05') })).not.toThrow());
});

describe('the reason tree', () => {
  const tree: Known = {
    ...known,
    reasons: new Map([
      [
        'jam',
        { category: 'mechanical', is_planned: false, is_failure: false, is_excluded: false, is_unavoidable: true },
      ],
      ['audit', { category: 'other', is_planned: true, is_failure: false, is_excluded: true, is_unavoidable: false }],
    ]),
  };
  const reported = (fields: Partial<Stop>) =>
    start({ line_id: LINE_ID, start_time: at('08:00'), source: 'manual', ...fields }, tree, now);

  test('a reason says the category, what is planned, and what its time means', () => {
    expect(reported({ reason_code: 'jam' })).toMatchObject({
      reason_category: 'mechanical',
      is_failure: false,
      is_unavoidable: true,
    });
    expect(reported({ reason_code: 'audit' })).toMatchObject({
      reason_category: 'other',
      is_planned: true,
      is_excluded: true,
    });
    expect(reported({ reason_code: 'audit', is_planned: false }).is_planned).toBe(false);
  });

  test('an unknown reason is kept as it is, and its category decides', () => {
    expect(reported({ reason_code: 'gremlins' })).toMatchObject({
      reason_code: 'gremlins',
      reason_category: 'unknown',
      is_failure: false,
    });
    expect(reported({ reason_code: 'gremlins', reason_category: 'electrical' }).is_failure).toBe(true);
  });

  test('a stop keeps the meaning of its reason, whatever changes later in the stop or in the tree', () => {
    const audited = reported({ reason_code: 'audit' });
    for (const change of [{ description: 'x' }, { end_time: at('08:30') }, { reason_code: 'audit' }])
      expect(amend(audited, change, known, now)).toMatchObject({
        is_excluded: true,
        is_planned: true,
        is_failure: false,
      });
  });

  test('a corrected reason replaces everything that followed from the old one, except what a person has set', () => {
    expect(amend(stop(), { reason_code: 'audit' }, tree, now)).toMatchObject({
      reason_category: 'other',
      is_planned: true,
      is_excluded: true,
    });
    expect(amend(stop(), { reason_code: 'audit', reason_category: 'cleaning' }, tree, now).reason_category).toBe(
      'cleaning',
    );
    expect(
      amend(reported({ reason_code: 'jam', is_planned: true }), { reason_category: 'electrical' }, tree, now)
        .is_planned,
    ).toBe(true);
  });
});

describe('a split stop', () => {
  const whole = { ...stop({ end_time: at('08:08'), reason_code: 'jam' }), id: LINE_ID };

  test('is two stops that divide its time exactly, and are one stop for thresholds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 479 }), (seconds) => {
        const cut = new Date(Date.parse(at('08:00')) + seconds * 1000).toISOString();
        const { first, second } = split(whole, { at: cut, reason_category: 'no_operator' }, known, now);
        expect([first.end_time, second.start_time, second.end_time]).toEqual([cut, cut, whole.end_time]);
        expect((first.duration_minutes ?? 0) + (second.duration_minutes ?? 0)).toBeCloseTo(8, 9);
        expect([first.is_micro_stop, second.is_micro_stop]).toEqual([false, false]);
        expect([first.origin_id, second.origin_id]).toEqual([whole.id, whole.id]);
        expect([second.reason_category, second.reason_code]).toEqual(['no_operator', null]);
      }),
    );
  });

  test('keeps its reason in both parts where none is named', () => {
    expect(split(whole, { at: at('08:01') }, known, now).second).toMatchObject({
      reason_category: 'mechanical',
      reason_code: 'jam',
    });
  });

  test.each(['08:00', '08:08', '07:00', '09:00'])('is not cut at %s, outside it', (time) => {
    expect(problemOf(() => split(whole, { at: at(time) }, known, now))).toEqual(invalid('at'));
  });

  test('has an end: an open one is ended first', () => {
    expect(() => split({ ...stop(), id: LINE_ID }, { at: at('08:01') }, known, now)).toThrow(/end it before/);
  });
});

describe('the life of a stop', () => {
  test('the first acknowledgement counts, with its response time in minutes', () => {
    const changes = acknowledge(stop(), { acknowledged_at: at('08:03'), acknowledged_by: 'Ada' }, now);
    expect(changes).toEqual({ acknowledged_at: at('08:03'), acknowledged_by: 'Ada', response_time_minutes: 3 });
    expect(() =>
      acknowledge({ ...stop(), ...changes }, { acknowledged_at: at('08:04'), acknowledged_by: 'Bob' }, now),
    ).toThrow(/Ada acknowledged/);
  });

  test('a stop ends once; after that it is amended', () => {
    const ended = stop({ end_time: at('08:20') });
    expect(() => end(ended, { end_time: at('08:30') }, known, now)).toThrow(/amend it/);
    expect(amend(ended, { end_time: at('08:30') }, known, now)).toMatchObject({
      duration_minutes: 30,
      status: 'ended',
    });
  });

  test('a moved start moves the duration, the response time and the micro-stop', () => {
    const answered = stop({ end_time: at('08:20'), acknowledged_at: at('08:16'), acknowledged_by: 'Ada' });
    expect(amend(answered, { start_time: at('08:15:30') }, known, now)).toMatchObject({
      duration_minutes: 4.5,
      response_time_minutes: 0.5,
      is_micro_stop: true,
    });
  });

  test('whether it is planned follows its reason, unless a person has set it', () => {
    expect(amend(stop(), { reason_category: 'break' }, known, now).is_planned).toBe(true);
    expect(amend(stop({ is_planned: true }), { reason_category: 'electrical' }, known, now).is_planned).toBe(true);
    expect(amend(stop(), { reason_category: 'break', is_planned: false }, known, now).is_planned).toBe(false);
  });

  test('a voided stop stays as it is', () => {
    const voided = { ...stop(), ...voidStop(stop(), 'not ours', now) };
    expect(voided).toMatchObject({ voided_at: now, void_reason: 'not ours' });
    for (const decide of [
      () => end(voided, { end_time: at('09:00') }, known, now),
      () => amend(voided, { description: 'x' }, known, now),
      () => voidStop(voided, 'again', now),
      () => acknowledge(voided, { acknowledged_at: now, acknowledged_by: 'Ada' }, now),
    ])
      expect(problemOf(decide)).toMatchObject({ code: 'illegal_transition' } satisfies Partial<Problem>);
  });
});

describe('an end that units prove', () => {
  const assumed = (of: Stop, time?: string) => ({ ...of, ...assumeEnd(of, time, known) });
  const ended = assumed(stop(), at('08:40'));

  test('ends an open stop, moves with them, and goes when the stop begins after them', () => {
    expect(ended).toMatchObject({ status: 'ended', end_time: at('08:40'), is_end_assumed: true, duration_minutes: 40 });
    expect(assumed(ended, at('08:04'))).toMatchObject({ end_time: at('08:04'), is_micro_stop: true });
    expect(assumed(ended)).toEqual(stop());
  });

  test('is replaced by an end that somebody gives, which then stays', () => {
    const given = { ...ended, ...end(ended, { end_time: at('08:50') }, known, now) };
    expect(given).toMatchObject({ end_time: at('08:50'), is_end_assumed: false, duration_minutes: 50 });
    expect(assumed(given, at('08:40'))).toEqual(given);
    expect(problemOf(() => end(given, { end_time: at('08:55') }, known, now))).toMatchObject({
      code: 'illegal_transition',
    });
    const confirmed = { ...ended, ...amend(ended, { end_time: at('08:40') }, known, now) };
    expect(confirmed).toMatchObject({ end_time: at('08:40'), is_end_assumed: false });
    expect({ ...ended, ...amend(ended, { description: 'x' }, known, now) }).toMatchObject({ is_end_assumed: true });
  });

  test('stays with the second part of a split stop, and no voided stop gets one', () => {
    const { first, second } = split({ ...ended, id: LINE_ID }, { at: at('08:20') }, known, now);
    expect([first.is_end_assumed, second.is_end_assumed]).toEqual([false, true]);
    const voided = { ...stop(), ...voidStop(stop(), 'not ours', now) };
    expect(assumed(voided, at('08:40'))).toEqual(voided);
  });
});
