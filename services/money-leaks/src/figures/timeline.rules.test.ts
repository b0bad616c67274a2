import { expect, test } from '@jest/globals';
import { noFacts } from '@plantops/accounting';
import { aStop, at, rowId } from '@plantops/testing';
import { stopOf } from '../facts/line-facts.rules.ts';
import { timelineOf } from './timeline.rules.ts';

const ms = (time: string) => Date.parse(at(time));
const window = { from: ms('06:00'), to: ms('14:00') };

test('a timeline is one state at each instant of the window, without a gap, cut at now', () => {
  const facts = { ...noFacts, stops: [stopOf(aStop())] };
  const { items } = timelineOf(facts, { window }, ms('12:00'));
  expect(items.map(({ from }) => from)).toEqual([at('06:00'), ...items.slice(0, -1).map(({ to }) => to)]);
  expect(items.at(-1)?.to).toBe(at('12:00'));
  expect(items.find(({ downtime_id }) => downtime_id === aStop().id)).toMatchObject({
    from: at('08:00'),
    to: at('08:20'),
    reason_category: 'mechanical',
  });
});

test('a window with more than 2,000 states is refused', () => {
  const stops = Array.from({ length: 1_100 }, (_, n) =>
    stopOf(
      aStop({
        id: rowId(100 + n),
        start_time: new Date(window.from + n * 20_000).toISOString(),
        end_time: new Date(window.from + n * 20_000 + 10_000).toISOString(),
      }),
    ),
  );
  expect(() => timelineOf({ ...noFacts, stops }, { window }, ms('14:00'))).toThrow('more than 2000 states');
});
