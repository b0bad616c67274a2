import { describe, expect, test } from '@jest/globals';
import type { CloudEvent } from '@plantops/contracts';
import { aBatch, aCount, aScrap, aStateReport, aStop, at, rowId } from '@plantops/testing';
import fc from 'fast-check';
import { AHEAD_MS, changedFrom, factOf, factsOf, intervalOf, newestOf, originOf, type Fact } from './fact.rules.ts';

const event = (type: string, data: object) => ({ type, data }) as CloudEvent;
const aFact = (fields: Partial<Fact> = {}): Fact => ({
  ...(factOf(event('count.logged', aCount())) as Fact),
  ...fields,
});

describe('a fact', () => {
  test('of a stop lasts from its start to its end, and is open without one', () => {
    expect(factOf(event('downtime.started', aStop({ end_time: null })))).toMatchObject({
      kind: 'stop',
      began: at('08:00'),
      ended: null,
    });
  });

  test('of a batch ends as it is completed or cancelled; one that never started is no fact', () => {
    expect(factOf(event('batch.completed', aBatch({ completed_at: at('10:00') })))).toMatchObject({
      kind: 'batch',
      ended: at('10:00'),
    });
    expect(factOf(event('batch.cancelled', aBatch({ cancelled_at: at('09:00') })))).toMatchObject({
      ended: at('09:00'),
    });
    expect(factOf(event('batch.planned', aBatch({ started_at: null })))).toBeUndefined();
  });

  test('of units or a state is at an instant; a state has one version only', () => {
    expect(factOf(event('count.logged', aCount()))).toMatchObject({
      kind: 'count',
      began: at('08:00'),
      ended: at('08:00'),
    });
    expect(factOf(event('scrap.logged', aScrap()))).toMatchObject({
      kind: 'scrap',
      began: at('08:00'),
      ended: at('08:00'),
    });
    const report = aStateReport({ at: at('07:00') });
    expect(factOf(event('state.changed', report))).toMatchObject({
      kind: 'state',
      version: 1,
      began: at('07:00'),
      batch_id: null,
    });
  });

  test('of a stop without a signal comes with a state: none holds from its start on; both have its versions', () => {
    const silent = aStop({ source: 'silence', version: 3, end_time: null });
    const [stop, state, ...others] = factsOf(event('downtime.started', silent));
    expect(others).toEqual([]);
    expect([stop?.kind, state?.kind, state?.version, state?.began]).toEqual(['stop', 'state', 3, silent.start_time]);
    expect(state?.data).toMatchObject({ state: 'silent', voided_at: null });
    expect(newestOf([stop, state] as Fact[])).toHaveLength(2);
    expect(changedFrom([stop] as Fact[], [stop, state] as Fact[])).toEqual([state]);
    expect(factsOf(event('downtime.started', aStop({ source: 'event' })))).toHaveLength(1);
    expect(factsOf(event('batch.planned', aBatch({ started_at: null })))).toEqual([]);
  });

  test('of a trial that has not started lies where it was created', () => {
    const trial = {
      id: rowId(9),
      version: 1,
      line_id: rowId(2),
      batch_id: rowId(4),
      started_at: null,
      created_at: at('06:00'),
    };
    expect(factOf(event('trial.planned', { ...trial, completed_at: null, cancelled_at: null }))).toMatchObject({
      kind: 'trial',
      began: at('06:00'),
      ended: null,
    });
  });
});

test('of each fact the newest version is stored, in any order of arrival', () => {
  const versions = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
  fc.assert(
    fc.property(versions, (of) => {
      const facts = of.map((version) => aFact({ version }));
      expect(newestOf(facts)).toMatchObject([{ version: Math.max(...of) }]);
    }),
  );
});

test('of two reports of one version the later one is stored', () => {
  expect(newestOf([aFact({ began: at('08:00') }), aFact({ began: at('09:00') })])).toMatchObject([
    { began: at('09:00') },
  ]);
});

test('a fact has changed if it is new or newer than what is stored', () => {
  const stored = [aFact({ id: rowId(1), version: 2 }), aFact({ id: rowId(2), version: 2 })];
  const facts = [
    aFact({ id: rowId(1), version: 2 }),
    aFact({ id: rowId(2), version: 3 }),
    aFact({ id: rowId(3), version: 1 }),
  ];
  expect(changedFrom(stored, facts).map(({ id }) => id)).toEqual([rowId(2), rowId(3)]);
});

test('what has not ended lasts up to now and a little more, but never ends before it begins', () => {
  const from = Date.parse(at('08:00'));
  expect(intervalOf({ began: at('08:00'), ended: at('08:20') }, 0)).toEqual({ from, to: from + 1_200_000 });
  expect(intervalOf({ began: at('08:00'), ended: null }, from + 5)).toEqual({ from, to: from + 5 + AHEAD_MS });
  expect(intervalOf({ began: at('08:00'), ended: null }, from - 2 * AHEAD_MS)).toEqual({ from, to: from });
});

test('only a part of a split stop has an origin', () => {
  expect(originOf({ kind: 'stop', data: aStop({ origin_id: rowId(7) }) })).toBe(rowId(7));
  expect(originOf({ kind: 'stop', data: {} })).toBeNull();
  expect(originOf({ kind: 'count', data: { origin_id: rowId(7) } })).toBeNull();
});
