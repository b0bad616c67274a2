import { describe, expect, test } from '@jest/globals';
import { batchPostings } from '../postings/batch-losses.ts';
import { termsOf } from '../kpis/cells.ts';
import { at, batch, count, EVER, line, wholeDay, window } from '../line-fixture.ts';
import type { Batch } from '../facts.ts';
import { batchRuns, runAt, runIntervals, runOf } from './batch-runs.ts';
import { isOver } from './is-over.ts';

const runs = (...times: [string, string | null][]) =>
  times.map(([from, to]) => ({ from: at(from), to: to === null ? null : at(to) }));
const of = (...batches: Batch[]) => line({ hourly_cost: '120', cycle_seconds: '60' }, { batches });
const A = batch('A', '06:00', '10:00', { good_count: '180' }, { runs: runs(['06:00', '07:00'], ['07:30', '10:00']) });
const B = batch('B', '07:00', '07:30', { good_count: '25' }, { runs: runs(['07:00', '07:30']) });

describe('batches that say when they ran', () => {
  test('W11: A is interrupted by B: 210 minutes at 85.71 %, B 30 at 83.33 %, both 85.42 %, 70.00 for running slow', () => {
    const facts = of(A, B);
    const oee = (from: string, to: string) => {
      const { pbt_ms, ideal_good_ms } = termsOf(facts, window(from, to), EVER);
      return [pbt_ms / 60_000, Math.round((1e6 * Number(ideal_good_ms)) / pbt_ms) / 1e4];
    };
    expect(oee('06:00', '07:00')).toEqual([60, 85.7143]);
    expect(oee('07:00', '07:30')).toEqual([30, 83.3333]);
    expect(oee('07:30', '10:00')).toEqual([150, 85.7143]);
    expect(oee('00:00', '23:00')).toEqual([240, 85.4167]);
    const { postings, flags } = batchPostings(facts, ['A', 'B']);
    expect(postings.map(({ source_id, rule, amount }) => [source_id, rule, Number(amount)])).toEqual([
      ['A', 'slow_cycle', 60],
      ['B', 'slow_cycle', 10],
    ]);
    expect(flags).toEqual([]);
  });

  test('a later start ends none of them, and the time of a pause is of no batch', () => {
    const known = batchRuns(of(A, B));
    const idAt = (time: string) => runAt(known, at(time))?.batch.id;
    expect(['06:30', '07:15', '07:30', '10:00'].map(idAt)).toEqual(['A', 'B', 'A', undefined]);
    const paused = batch('P', '06:00', null, {}, { runs: runs(['06:00', '07:00']) });
    expect(runAt(batchRuns(of(paused)), at('07:00'))).toBeUndefined();
  });

  test('units without a number are of the batch that stops running at their instant, or ran a moment ago', () => {
    const known = batchRuns(of(A, B, batch('C', '12:00', '14:00', {}, { runs: runs(['12:00', '13:00']) })));
    const idOf = (time: string) => runOf(known, { at: at(time), batch_id: null })?.batch.id;
    expect(['07:00', '07:15', '07:30', '10:01', '10:03', '13:02', '13:03'].map(idOf)).toEqual([
      'A',
      'B',
      'B',
      'A',
      undefined,
      'C',
      undefined,
    ]);
    expect(runOf(known, { at: at('07:15'), batch_id: 'A' })?.batch.id).toBe('A');
  });

  test('where two claim one time, as while a change is on its way, the later run has it', () => {
    const stale = { ...A, runs: runs(['06:00', '10:00']) };
    const intervals = runIntervals(batchRuns(of(stale, B)));
    expect(intervals.map(({ from, to, run }) => [run.batch.id, from, to])).toEqual([
      ['A', at('06:00'), at('07:00')],
      ['B', at('07:00'), at('07:30')],
    ]);
  });

  test('an end cuts off a run that has none, as a copy of the version before leaves it', () => {
    const ended = batch('A', '06:00', '08:00', {}, { runs: runs(['06:00', null]) });
    expect(runIntervals(batchRuns(of(ended)))).toMatchObject([{ from: at('06:00'), to: at('08:00') }]);
  });

  test('one that others cut is closed and flagged; nobody counted in it', () => {
    const cut = batch('A', '06:00', '07:00', {}, { runs: runs(['06:00', '07:00']), cut: true });
    const { postings, flags } = batchPostings(of(cut, B), ['A']);
    expect([postings, flags]).toEqual([[], ['batch_cut_by_next', 'uncounted_batch']]);
    expect(termsOf(of(cut, B), wholeDay, EVER)).toMatchObject({ uncounted_ms: 3_600_000, pbt_ms: 5_400_000 });
  });

  test('a batch that is paused keeps no later day open, but its own', () => {
    const paused = batch('P', '06:00', null, {}, { runs: runs(['06:00', '07:00']) });
    const now = wholeDay.to + 86_400_000;
    const facts = of(paused);
    expect(isOver(facts, wholeDay, now)).toBe(false);
    expect(isOver(facts, { from: wholeDay.to, to: now }, now)).toBe(true);
    expect(isOver(of({ ...paused, runs: runs(['06:00', null]) }), { from: wholeDay.to, to: now }, now)).toBe(false);
  });

  test('units of a batch that is paused lie in its run, also in a window after it', () => {
    const paused = batch('P', '06:00', null, {}, { runs: runs(['06:00', '07:00']) });
    const facts = { ...of(paused), counts: [count('c', '08:30', 30, 0, 'P')] };
    expect(termsOf(facts, window('06:00', '07:00'), EVER).total_count).toBe('30');
    expect(termsOf(facts, window('08:00', '09:00'), EVER).total_count).toBe('0');
  });
});
