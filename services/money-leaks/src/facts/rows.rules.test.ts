import { describe, expect, test } from '@jest/globals';
import { aBatch, aCount, aLine, aPlant, aScrap, aStop, at, LINE_ID, rowId } from '@plantops/testing';
import { FOREVER } from './intervals.rules.ts';
import {
  batchesToFind,
  factsByLine,
  linesWithUnitsAtStart,
  productsAmong,
  wholeInterval,
  type TimedRow,
} from './rows.rules.ts';

const ms = (time: string) => Date.parse(at(time));
const interval = { from: ms('08:00'), to: ms('16:00') };
const timed = (kind: string, began: string, ended: string | null): TimedRow => ({
  kind,
  line_id: LINE_ID,
  data: {},
  began: at(began),
  ended: ended === null ? null : at(ended),
});
const whole = (upToNow: boolean, ...rows: TimedRow[]) =>
  wholeInterval({ line_id: LINE_ID, interval }, rows, upToNow).interval;

describe('an interval is widened', () => {
  test('to the whole of each stop and batch that begins before its end, and to the late units of the batch', () => {
    expect(whole(false, timed('stop', '07:00', '09:00'), timed('batch', '15:00', '18:00'))).toEqual({
      from: ms('07:00'),
      to: ms('19:00'),
    });
  });

  test('not to what begins as it ends: that belongs to the next day', () => {
    expect(whole(true, timed('batch', '16:00', '18:00'), timed('batch', '16:00', null))).toEqual(interval);
  });

  test('up to now for a batch that has not ended, only where that is needed', () => {
    expect(whole(true, timed('batch', '09:00', null)).to).toBe(FOREVER);
    expect(whole(false, timed('batch', '09:00', null)).to).toBe(interval.to);
    expect(whole(true, timed('stop', '09:00', null)).to).toBe(interval.to);
  });
});

const row = (kind: string, data: { line_id: string }) => ({ kind, line_id: data.line_id, data });

test('batches to find are those that units name and that are not there, by id or else by number', () => {
  const known = [row('batch', aBatch({ id: rowId(10), batch_number: 'B10' }))];
  const points = [
    row('count', aCount({ batch_id: rowId(10) })),
    row('count', aCount({ batch_id: rowId(11), batch_number: 'B11' })),
    row('scrap', aScrap({ batch_id: null, batch_number: 'B10' })),
    row('scrap', aScrap({ batch_id: null, batch_number: 'B12' })),
    row('scrap', aScrap({ batch_id: null, batch_number: null })),
  ];
  const { ids, numbered } = batchesToFind(known, points);
  expect([ids, numbered.map(({ batch_number }) => batch_number)]).toEqual([[rowId(11)], ['B12']]);
});

test('units of no batch at the very start of an interval were made before it; later ones, and units of a batch, were not', () => {
  const linesWith = (count: Partial<ReturnType<typeof aCount>>) => [
    ...linesWithUnitsAtStart([{ line_id: LINE_ID, interval }], [row('count', aCount(count))]),
  ];
  expect(linesWith({ batch_id: null, at: at('08:00') })).toEqual([LINE_ID]);
  expect(linesWith({ batch_id: null, at: at('08:01') })).toEqual([]);
  expect(linesWith({ at: at('08:00') })).toEqual([]);
});

test('each line gets its own rows, with the products that they name', () => {
  const other = rowId(20);
  const rows = [row('stop', aStop()), row('count', aCount({ line_id: other, product_id: rowId(30) }))];
  const asked = [LINE_ID, other].map((id) => ({ line: aLine({ id }), plant: aPlant(), window: interval }));
  const facts = factsByLine(asked, rows, { products: [], trialBatches: new Set() });
  expect([facts.get(LINE_ID)?.stops.length, facts.get(LINE_ID)?.counts.length]).toEqual([1, 0]);
  expect([facts.get(other)?.stops.length, facts.get(other)?.counts.length]).toEqual([0, 1]);
  expect(productsAmong(rows)).toEqual([rowId(30)]);
});
