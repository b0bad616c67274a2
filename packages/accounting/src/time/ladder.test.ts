import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { layTime, type LineFacts, type Stop } from '../index.ts';
import { at, batch, calendar, count, EVER, line, shift, stop, wholeDay, window } from '../line-fixture.ts';

const shifts = calendar(shift('day', '06:00', '14:00', ['10:00', '10:30']));

/** '06:00 running, 07:00 stop a, …': the changes of state in a window. */
function laid(facts: LineFacts, from = '06:00', to = '14:00', now = EVER): string {
  const pieces = layTime(facts, window(from, to), now).pieces.map(({ from: start, state, stop_id }) =>
    [new Date(start).toISOString().slice(11, 16), state, stop_id].filter((part) => part !== null).join(' '),
  );
  return pieces.join(', ');
}

const running = { running: [{ from: at('06:00'), to: at('14:00') }] };
const withStops = (...stops: Stop[]): LineFacts =>
  line({ shifts: calendar(shift('day', '06:00', '14:00')) }, { ...running, stops });

describe('priority', () => {
  test('a higher rank masks a lower one; the unmasked rest of the lower one counts', () => {
    const facts = withStops(
      stop('a', '07:00', '09:00', 'mechanical'),
      stop('b', '08:00', '10:00', 'cleaning', { is_planned: true }),
      stop('c', '09:30', '11:00', 'starved'),
    );
    expect(laid(facts)).toBe('06:00 running, 07:00 stop a, 08:00 planned_stop b, 10:00 delay c, 11:00 running');
    expect(layTime(facts, wholeDay, EVER).masked).toEqual([
      { stop_id: 'a', ...window('08:00', '09:00') },
      { stop_id: 'c', ...window('09:30', '10:00') },
    ]);
  });

  test('excluded > planned > changeover > ramp-up > own stop > starved > running', () => {
    const all = { from: '08:00', to: '09:00' };
    const ranks = [
      stop('1', all.from, all.to, 'utilities', { is_excluded: true }),
      stop('2', all.from, all.to, 'break', { is_planned: true }),
      stop('3', all.from, all.to, 'changeover'),
      stop('4', all.from, all.to, 'quality', { phase: 'startup' }),
      stop('5', all.from, all.to, 'mechanical'),
      stop('6', all.from, all.to, 'blocked'),
    ];
    const states = ranks.map((_, index) =>
      laid(withStops(...ranks.slice(index).toReversed()), '08:00', '09:00').slice(6),
    );
    expect(states).toEqual(['excluded 1', 'planned_stop 2', 'changeover 3', 'ramp_up 4', 'stop 5', 'delay 6']);
  });

  test('within a rank the earlier start wins, then the lower id', () => {
    const facts = withStops(
      stop('b', '08:00', '09:00', 'mechanical'),
      stop('a', '08:30', '09:30', 'electrical'),
      stop('c', '08:00', '08:45', 'controls'),
    );
    expect(laid(facts, '08:00', '10:00')).toBe('08:00 stop b, 09:00 stop a, 09:30 running');
  });

  test('a changeover is setup time also when it is planned', () => {
    expect(laid(withStops(stop('a', '08:00', '09:00', 'changeover', { is_planned: true })), '08:00', '09:00')).toBe(
      '08:00 changeover a',
    );
  });

  test('every later report wins over an open stop, also running', () => {
    const facts = {
      ...withStops(stop('a', '07:00', null, 'cleaning', { is_planned: true }), stop('b', '08:00', '08:30', 'starved')),
      running: [
        { from: at('06:00'), to: at('07:00') },
        { from: at('09:00'), to: null },
      ],
    };
    expect(laid(facts)).toBe('06:00 running, 07:00 planned_stop a, 08:00 delay b, 08:30 planned_stop a, 09:00 running');
  });

  test('a calendar break that is reported too counts once', () => {
    const facts = line({ shifts }, { ...running, stops: [stop('a', '10:05', '10:35', 'break', { is_planned: true })] });
    expect(laid(facts)).toBe('06:00 running, 10:00 planned_stop, 10:05 planned_stop a, 10:35 running');
  });

  test('equals the rule applied to each single instant', () => {
    const anyStop = fc.record({
      from: fc.integer({ min: 0, max: 30 }),
      length: fc.integer({ min: 1, max: 12 }),
      open: fc.boolean(),
      kind: fc.constantFrom('excluded', 'planned', 'changeover', 'ramp_up', 'own', 'starved'),
    });
    fc.assert(
      fc.property(fc.array(anyStop, { maxLength: 8 }), (reports) => {
        const slot = (n: number): string => new Date(at('06:00') + n * 600_000).toISOString();
        const stops = reports.map(({ from, length, open, kind }, index) =>
          stop(`s${index}`, slot(from), open ? null : slot(from + length), kind === 'own' ? 'other' : kind, {
            is_excluded: kind === 'excluded',
            is_planned: kind === 'planned',
            phase: kind === 'ramp_up' ? 'startup' : 'production',
          }),
        );
        const ranks = ['excluded', 'planned', 'changeover', 'ramp_up', 'own', 'starved'];
        const { pieces } = layTime(line({}, { stops }), wholeDay, EVER);
        for (let n = 0; n < 45; n += 1) {
          const active = reports.flatMap((report, index) =>
            report.from <= n && (report.open || n < report.from + report.length)
              ? [{ ...report, id: `s${index}` }]
              : [],
          );
          const standing = active.filter((one) => !one.open || !active.some((other) => other.from > one.from));
          standing.sort(
            (a, b) => ranks.indexOf(a.kind) - ranks.indexOf(b.kind) || a.from - b.from || (a.id < b.id ? -1 : 1),
          );
          const instant = at('06:00') + n * 600_000;
          const piece = pieces.find(({ from, to }) => from <= instant && instant < to);
          expect(piece?.stop_id ?? null).toBe(standing[0]?.id ?? null);
        }
      }),
    );
  });
});

describe('the threshold', () => {
  test('applies to the whole reported stop: a stop of this length is a stop, a shorter one is a micro-stop', () => {
    const facts = withStops(
      stop('a', '07:00', '07:05', 'other'),
      stop('b', '08:00', '2026-03-02T08:04:59.999Z', 'other'),
      stop('c', '09:00', '09:06', 'other'),
      stop('d', '09:03', '09:20', 'break', { is_planned: true }),
    );
    const states = layTime(facts, wholeDay, EVER)
      .pieces.filter(({ stop_id }) => stop_id !== null)
      .map(({ state }) => state);
    expect(states).toEqual(['stop', 'micro_stop', 'stop', 'planned_stop']);
  });

  test('never makes a changeover, a ramp-up or a planned stop a micro-stop', () => {
    const facts = withStops(
      stop('a', '07:00', '07:01', 'changeover'),
      stop('b', '08:00', '08:01', 'other', { phase: 'startup' }),
      stop('c', '09:00', '09:01', 'break', { is_planned: true }),
      stop('d', '10:00', '10:01', 'starved'),
    );
    const states = layTime(facts, wholeDay, EVER)
      .pieces.filter(({ stop_id }) => stop_id !== null)
      .map(({ state }) => state);
    expect(states).toEqual(['changeover', 'ramp_up', 'planned_stop', 'micro_stop']);
  });

  test('applies to a split stop as a whole', () => {
    const facts = withStops(
      stop('a', '07:00', '07:03', 'mechanical'),
      stop('b', '07:03', '07:06', 'no_material', { origin_id: 'a' }),
    );
    expect(laid(facts, '07:00', '07:06')).toBe('07:00 stop a, 07:03 stop b');
  });

  test('is the one in force when the stop began, also when it changes before the stop ends', () => {
    const prices = (micro_stop_seconds: number) => ({
      hourly_cost: '60',
      ideal_cycle_seconds: '30',
      micro_stop_seconds,
    });
    const versions = (first: number, later: number) => [
      { valid_from: null, value: prices(first) },
      { valid_from: at('07:01'), value: prices(later) },
    ];
    const facts = withStops(stop('a', '07:00', '07:02', 'mechanical'));
    expect(laid({ ...facts, prices: versions(300, 60) }, '07:00', '07:02')).toBe('07:00 micro_stop a');
    expect(laid({ ...facts, prices: versions(60, 300) }, '07:00', '07:02')).toBe('07:00 stop a');
  });

  test('is the stop’s own when it has one', () => {
    const facts = withStops(stop('a', '07:00', '07:02', 'mechanical', { micro_stop_seconds: 60 }));
    expect(laid(facts, '07:00', '07:02')).toBe('07:00 stop a');
  });

  test('makes an open micro-stop a stop once it is long enough', () => {
    const facts = withStops(stop('a', '07:00', null, 'other'));
    expect(laid({ ...facts, running: [] }, '07:00', '08:00', at('07:04'))).toBe('07:00 micro_stop a');
    expect(laid({ ...facts, running: [] }, '07:00', '08:00', at('07:05'))).toBe('07:00 stop a');
  });
});

describe('planned busy time', () => {
  test('does not exist outside of shifts, also when stops and batches are reported', () => {
    const facts = line(
      { shifts },
      { batches: [batch('B', '04:00', '16:00')], stops: [stop('a', '05:00', '07:00', 'mechanical')] },
    );
    expect(laid(facts, '04:00', '08:00')).toBe('04:00 no_shift, 06:00 stop a, 07:00 running');
  });

  test('does not contain scheduled time without facts, which is unassigned', () => {
    expect(laid(line({ shifts }, { batches: [batch('B', '07:00', '08:00')] }))).toBe(
      '06:00 unassigned, 07:00 running, 08:00 unassigned, 10:00 planned_stop, 10:30 unassigned',
    );
  });

  test('contains a whole calendar shift that has counts without a batch', () => {
    expect(laid(line({ shifts }, { counts: [count('c', '09:00', 5)] }))).toBe(
      '06:00 running, 10:00 planned_stop, 10:30 running',
    );
    const inBatch = line({ shifts }, { counts: [count('c', '09:00', 5)], batches: [batch('B', '08:00', '09:30')] });
    expect(laid(inBatch, '07:00', '10:00')).toBe('07:00 unassigned, 08:00 running, 09:30 unassigned');
  });

  test('contains a shift with a count at its end, where no other shift follows also one at its start', () => {
    for (const time of ['06:00', '14:00'])
      expect(laid(line({ shifts }, { counts: [count('c', time, 5)] }))).toBe(
        '06:00 running, 10:00 planned_stop, 10:30 running',
      );
  });

  test('without a calendar contains the clock hours that have counts without a batch', () => {
    const counted = line({}, { counts: [count('c', '08:10', 5), count('d', '10:00', 5)] });
    expect(laid(counted, '07:00', '11:00')).toBe('07:00 unassigned, 08:00 running, 10:00 unassigned');
    const half = { ...line({}, { counts: [count('c', '08:10', 5)] }), timezone: 'Asia/Kolkata' };
    expect(laid(half, '07:00', '09:00')).toBe('07:00 unassigned, 07:30 running, 08:30 unassigned');
  });

  test('is not made by a count of zero, nor by units of a shift in which a batch runs', () => {
    expect(laid(line({ shifts }, { counts: [count('c', '09:00', 0)] }))).toBe(
      '06:00 unassigned, 10:00 planned_stop, 10:30 unassigned',
    );
    const inBatch = line({ shifts }, { counts: [count('c', '11:00', 5)], batches: [batch('B', '06:00', '09:00')] });
    expect(laid(inBatch)).toBe('06:00 running, 09:00 unassigned, 10:00 planned_stop, 10:30 unassigned');
  });

  test('a trial’s batch is a planned stop', () => {
    const facts = line(
      { shifts },
      {
        batches: [batch('B', '07:00', '08:00', {}, { trial: true })],
        stops: [stop('a', '07:10', '07:30', 'mechanical')],
      },
    );
    expect(laid(facts, '07:00', '08:00')).toBe('07:00 planned_stop');
  });

  test('the next batch ends the one before it', () => {
    const facts = line({}, { batches: [batch('A', '07:00', '09:00'), batch('B', '08:00', null)] });
    const pieces = layTime(facts, window('07:00', '10:00'), EVER).pieces;
    expect(pieces.map(({ batch_id, from }) => [batch_id, from])).toEqual([
      ['A', at('07:00')],
      ['B', at('08:00')],
    ]);
  });

  test('is split at midnight and at shift edges, and ends at now', () => {
    const night = calendar(shift('night', '22:00', '06:00'));
    const facts = line({ shifts: night }, { stops: [stop('a', '21:00', '2026-03-03T02:00Z', 'mechanical')] });
    const pieces = layTime(facts, window('21:00', '2026-03-03T07:00Z'), at('2026-03-03T03:00Z')).pieces;
    expect(pieces.map(({ state, local_date, business_date }) => [state, local_date, business_date])).toEqual([
      ['no_shift', '2026-03-02', '2026-03-02'],
      ['stop', '2026-03-02', '2026-03-02'],
      ['stop', '2026-03-03', '2026-03-02'],
      ['unassigned', '2026-03-03', '2026-03-02'],
    ]);
    expect(pieces.at(-1)?.to).toBe(at('2026-03-03T03:00Z'));
  });

  test('cannot be computed for a window without an end', () => {
    expect(() => layTime(line({}), { from: 0, to: EVER }, EVER)).toThrow('two ends');
  });
});
