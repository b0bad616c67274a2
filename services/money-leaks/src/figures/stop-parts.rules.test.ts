import { expect, test } from '@jest/globals';
import { noFacts } from '@plantops/accounting';
import { aBatch, aLine, aPlant, aStop, at, rowId } from '@plantops/testing';
import { batchOf, stopOf } from '../facts/line-facts.rules.ts';
import { stopPartsIn } from './stop-parts.rules.ts';

const ms = (time: string) => Date.parse(at(time));
const line = aLine();
const weekly = [{ name: 'day', start: '00:00', end: '24:00', breaks: [], weekdays: [1, 2, 3, 4, 5, 6, 7] }];
const facts = {
  ...noFacts,
  calendars: [{ valid_from: null, value: { timezone: 'UTC', weekly, exceptions: [] } }],
  stops: [stopOf(aStop()), stopOf(aStop({ id: rowId(8), start_time: at('08:10'), end_time: at('08:40') }))],
  batches: [batchOf(aBatch({ completed_at: at('08:30') }), false)],
};
const parts = (from: string, to: string, productId?: string) =>
  stopPartsIn(
    [{ line, plant: aPlant(), window: { from: ms(from), to: ms(to) } }],
    new Map([[line.id, facts]]),
    productId,
    ms('12:00'),
  );
const minutes = (of: ReturnType<typeof parts>) =>
  Object.entries(Object.groupBy(of, ({ stop_id }) => stop_id)).map(([id, all = []]) => [
    id,
    all.reduce((sum, { ms: time }) => sum + time, 0) / 60_000,
  ]);

test('of stops that overlap each minute is part of one, cut to the window', () => {
  expect(minutes(parts('08:00', '09:00'))).toEqual([
    [aStop().id, 20],
    [rowId(8), 20],
  ]);
  expect(minutes(parts('08:05', '08:25'))).toEqual([
    [aStop().id, 15],
    [rowId(8), 5],
  ]);
});

test('a stop starts only in the window that holds its start', () => {
  expect(parts('08:05', '09:00').map(({ starts }) => starts)).not.toContain(undefined);
  expect(parts('08:05', '09:00').find(({ stop_id }) => stop_id === aStop().id)?.starts).toBe(false);
  expect(parts('08:00', '09:00').find(({ stop_id }) => stop_id === aStop().id)?.starts).toBe(true);
});

test('with a product only the parts in its batches remain', () => {
  expect(minutes(parts('08:00', '09:00', aBatch().product_id as string))).toEqual([
    [aStop().id, 20],
    [rowId(8), 10],
  ]);
  expect(parts('08:00', '09:00', rowId(99))).toEqual([]);
});
