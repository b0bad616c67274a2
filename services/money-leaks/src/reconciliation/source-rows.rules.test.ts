import { expect, test } from '@jest/globals';
import { aBatch, aStop, at } from '@plantops/testing';
import { wholeInterval } from './source-rows.rules.ts';

const ms = (time: string) => Date.parse(at(time));
const window = { from: ms('08:00'), to: ms('12:00') };

test('a window is widened to the whole of each stop and batch that overlaps it, and to the late units of the batch', () => {
  const stops = [aStop({ start_time: at('07:30'), end_time: at('08:10') })];
  const batches = [aBatch({ started_at: at('11:00'), cancelled_at: at('15:00') })];
  expect(wholeInterval({ stops, batches }, window)).toEqual({ from: ms('07:30'), to: ms('16:00') });
});

test('what has not ended, or only meets the window, does not make it longer', () => {
  const stops = [aStop({ end_time: null }), aStop({ start_time: at('07:00'), end_time: at('08:00') })];
  const batches = [aBatch({ started_at: at('12:00'), completed_at: at('15:00') })];
  expect(wholeInterval({ stops, batches }, window)).toEqual(window);
});
