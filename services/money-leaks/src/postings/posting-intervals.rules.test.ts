import { describe, expect, test } from '@jest/globals';
import { noFacts, type Batch, type LineFacts, type Scrap, type Stop } from '@plantops/accounting';
import { rowId } from '@plantops/testing';
import fc from 'fast-check';
import { MS_PER_DAY } from '../facts/intervals.rules.ts';
import type { Affected } from './affected.rules.ts';
import { dueIn, neededRows, needsCounts, roundsOf, sourcesIn, withNeighbours } from './posting-intervals.rules.ts';

const cause = { event_id: rowId(1), actor: 'test' };
const affected = (line_id: string, from: number, to = from): Affected => ({
  line_id,
  interval: { from, to },
  source_ids: [],
  cause,
});

describe('rounds', () => {
  const anyAffected = fc
    .tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 3 }))
    .map(([line, day, days]) => affected(line, day * MS_PER_DAY, (day + days) * MS_PER_DAY));

  test('post everything that is affected once, with one interval of a line each', () => {
    fc.assert(
      fc.property(fc.array(anyAffected), (all) => {
        const rounds = roundsOf(all);
        expect(rounds.flatMap((round) => round.flatMap((one) => one.affected)).toSorted(byFrom)).toEqual(
          all.toSorted(byFrom),
        );
        for (const round of rounds) expect(new Set(round.map(({ line_id }) => line_id)).size).toBe(round.length);
      }),
    );
  });

  test('keep intervals of a line apart that lie more than a day apart, and join all others', () => {
    fc.assert(
      fc.property(fc.array(anyAffected), (all) => {
        const intervals = roundsOf(all).flat();
        for (const one of intervals)
          for (const other of intervals.filter(({ line_id }) => line_id === one.line_id))
            if (one.interval.from > other.interval.from)
              expect(one.interval.from - other.interval.to).toBeGreaterThan(MS_PER_DAY);
      }),
    );
  });

  test('post the lines of one round together', () => {
    expect(roundsOf([affected('a', 0), affected('b', 0), affected('a', 3 * MS_PER_DAY)])).toMatchObject([
      [{ line_id: 'a' }, { line_id: 'b' }],
      [{ line_id: 'a', interval: { from: 3 * MS_PER_DAY } }],
    ]);
  });
});
const byFrom = (a: Affected, b: Affected) =>
  a.interval.from - b.interval.from || a.interval.to - b.interval.to || a.line_id.localeCompare(b.line_id);

const stop = (id: string, from: number, to: number | null) => ({ id, from, to }) as Stop;
const batch = (id: string, from: number, to: number | null, closed = to !== null) =>
  ({ id, from, to, closed }) as Batch;
const scrap = (id: string, at: number, batch_id: string | null = null) => ({ id, at, batch_id }) as Scrap;
const facts = (fields: Partial<LineFacts>): LineFacts => ({ ...noFacts, ...fields });
const interval = { from: 100, to: 200 };

describe('sources in an interval', () => {
  test('are the stops that have ended and overlap or meet it', () => {
    const stops = [
      stop('before', 0, 99),
      stop('meets', 0, 100),
      stop('in', 120, 130),
      stop('open', 150, null),
      stop('after', 201, 300),
    ];
    expect(sourcesIn(facts({ stops }), interval).stop_ids).toEqual(['meets', 'in']);
  });

  test('are the closed batches that overlap or meet it; the start of the next batch closes one', () => {
    const batches = [
      batch('cut', 50, null, false),
      batch('next', 150, 160),
      batch('not closed', 170, 180, false),
      batch('running', 190, null, false),
    ];
    expect(sourcesIn(facts({ batches }), interval).batch_ids).toEqual(['cut', 'next']);
  });

  test('are scrap in it, and scrap anywhere of a batch that overlaps it, also of one that runs on', () => {
    const batches = [batch('running', 150, null, false)];
    const scraps = [scrap('in', 120), scrap('of batch', 900, 'running'), scrap('other', 90)];
    expect(sourcesIn(facts({ batches, scraps }), interval).scrap_ids).toEqual(['in', 'of batch']);
  });
});

test('counts are needed for a closed batch in the interval, and for scrap of no batch', () => {
  expect(needsCounts(facts({ stops: [stop('s', 110, 120)], batches: [batch('b', 110, null, false)] }), interval)).toBe(
    false,
  );
  expect(needsCounts(facts({ batches: [batch('b', 110, 120)] }), interval)).toBe(true);
  expect(needsCounts(facts({ scraps: [scrap('s', 500)] }), interval)).toBe(true);
  expect(needsCounts(facts({ scraps: [scrap('s', 500, 'b')] }), interval)).toBe(false);
});

test('what ends as the interval begins, or begins as it ends, is read with it', () => {
  expect(withNeighbours(interval)).toEqual({ from: 99, to: 201 });
});

test('a source that was voided is due as well: what the ledger holds for it is reversed, with the cause that voided it', () => {
  const [older, newer] = [cause, { event_id: rowId(2), actor: 'test' }];
  const voided = { ...affected('a', 100, 200), source_ids: ['gone'], cause: older };
  const one = { line_id: 'a', interval, affected: [voided, { ...affected('a', 150), cause: newer }] };
  const due = dueIn(one, noFacts);
  expect([...due.source_ids]).toEqual(['gone']);
  const held = {
    id: rowId(3),
    source_id: 'gone',
    source_type: 'downtime',
    rule: 'stop',
    rule_version: 1,
    amount: '10',
    quantity: null,
    unit_cost: null,
    time_ms: '60000',
    hourly_cost: '600',
    occurred_from: 100,
    occurred_to: 200,
    reverses_id: null,
    batch_id: null,
    product_id: null,
    category: 'downtime_loss',
    business_date: '2026-03-02',
    is_avoidable: true,
  };
  const rows = neededRows(one.affected, due, noFacts, (id) => (id === 'gone' ? [held as never] : []));
  expect(rows).toMatchObject([{ posting: { reverses_id: held.id, source_id: 'gone' }, cause: older }]);
  expect(neededRows([], due, noFacts, () => [held as never])).toEqual([]);
});
