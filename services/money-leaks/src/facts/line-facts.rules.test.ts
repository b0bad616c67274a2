import { describe, expect, test } from '@jest/globals';
import {
  aBatch,
  aCount,
  aLine,
  aPlant,
  aProduct,
  aScrap,
  aStateReport,
  aStop,
  at,
  LINE_ID,
  rowId,
} from '@plantops/testing';
import { calendarsOf, lineFacts, type KnownOfLine } from './line-facts.rules.ts';

const factsOf = (known: Partial<KnownOfLine>) =>
  lineFacts({
    line: aLine(),
    plant: aPlant(),
    products: [],
    stops: [],
    batches: [],
    counts: [],
    scraps: [],
    states: [],
    trialBatches: new Set(),
    ...known,
  });
const voided = { voided_at: at('12:00') };

describe('the facts of a line', () => {
  test('leave out what was voided', () => {
    const facts = factsOf({ stops: [aStop(voided)], counts: [aCount(voided)], scraps: [aScrap(voided)] });
    expect([facts.stops, facts.counts, facts.scraps]).toEqual([[], [], []]);
  });

  test('find the batch of units by its number where they came before it was known', () => {
    const batch = aBatch({ id: rowId(10), batch_number: 'B10' });
    const counts = [
      aCount({ batch_id: null, batch_number: 'B10' }),
      aCount({ batch_id: null, batch_number: 'B11' }),
      aCount({ batch_id: rowId(12), batch_number: 'B10' }),
    ];
    expect(factsOf({ batches: [batch], counts }).counts.map(({ batch_id }) => batch_id)).toEqual([
      rowId(10),
      null,
      rowId(12),
    ]);
  });

  test('have what scrap cost in the unit that it was given in, where the event said so', () => {
    const { given_quantity: _, given_unit_cost: __, ...before } = aScrap();
    const scraps = [
      aScrap({ given_quantity: 12, given_unit: 'bottle', given_unit_cost: 0.5 }),
      aScrap({ given_quantity: 12, given_unit: 'bottle' }),
      before as ReturnType<typeof aScrap>,
    ];
    expect(factsOf({ scraps }).scraps.map(({ given }) => given)).toEqual([
      { quantity: '12', unit_cost: '0.5' },
      null,
      null,
    ]);
  });

  test('have a running interval from each running report to the next one of another state', () => {
    const states = [
      aStateReport({ id: rowId(2), at: at('09:00'), state: 'stopped' }),
      aStateReport({ id: rowId(1), at: at('08:00'), state: 'running' }),
      aStateReport({ id: rowId(3), at: at('10:00'), state: 'running' }),
      aStateReport({ id: rowId(4), at: at('11:00'), state: 'running' }),
    ];
    const ms = (time: string) => Date.parse(at(time));
    expect(factsOf({ states }).running).toEqual([
      { from: ms('08:00'), to: ms('09:00') },
      { from: ms('10:00'), to: null },
    ]);
  });

  test('of the reports of one instant those with the highest seq say whether the line ran', () => {
    const reports = (...said: ['running' | 'stopped', number][]) =>
      said.map(([state, seq], index) => aStateReport({ id: rowId(index), at: at('08:00'), state, seq }));
    const isRunning = (...said: ['running' | 'stopped', number][]) =>
      factsOf({ states: reports(...said) }).running.length;
    expect(isRunning(['running', 1], ['stopped', 2])).toBe(0);
    expect(isRunning(['running', 2], ['stopped', 1])).toBe(1);
    expect(isRunning(['running', 1], ['stopped', 1])).toBe(1);
  });

  test('count a departure that is too short to be a stop as running time', () => {
    const states = [
      aStateReport({ id: rowId(1), at: at('08:00'), state: 'running' }),
      aStateReport({ id: rowId(2), at: at('09:00:00'), state: 'stopped' }),
      aStateReport({ id: rowId(3), at: at('09:00:04'), state: 'running' }),
      aStateReport({ id: rowId(4), at: at('10:00:00'), state: 'stopped' }),
    ];
    const ms = (time: string) => Date.parse(at(time));
    expect(factsOf({ states, line: aLine({ ignore_stop_seconds: 5 }) }).running).toEqual([
      { from: ms('08:00'), to: ms('10:00:05') },
    ]);
  });

  test('know the batches of trials, and count a cancelled batch as closed', () => {
    const batches = [aBatch({ id: rowId(10) }), aBatch({ id: rowId(11), cancelled_at: at('09:00') })];
    const facts = factsOf({ batches, trialBatches: new Set([rowId(10)]) });
    expect(facts.batches.map(({ trial, closed }) => [trial, closed])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  test('have decimals as text, and of the rates of a product only those on the line', () => {
    const rate = { line_id: LINE_ID, valid_from: null, ideal_cycle_seconds: 0.1 };
    const product = aProduct({ unit_cost: 0.1, rates: [rate, { ...rate, line_id: rowId(99) }] });
    const facts = factsOf({ products: [product] });
    expect(facts.rates.get(product.id)).toEqual([{ valid_from: null, value: '0.1' }]);
    expect(facts.products.get(product.id)?.[0]?.value.unit_cost).toBe('0.1');
  });
});

test('calendars that say the same are the same object: the accounting remembers their shifts by it', () => {
  const calendar = { valid_from: null, timezone: 'UTC', weekly: [], exceptions: [] };
  expect(calendarsOf({ calendars: [calendar] })).toBe(calendarsOf({ calendars: [{ ...calendar }] }));
});
