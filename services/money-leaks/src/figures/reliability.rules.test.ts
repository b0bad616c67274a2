import { expect, test } from '@jest/globals';
import { noFacts, noTerms } from '@plantops/accounting';
import { aLine, aPlant, aStop, at, rowId } from '@plantops/testing';
import { stopOf } from '../facts/line-facts.rules.ts';
import { reliabilityBy, reliabilityLines } from './reliability.rules.ts';

const ms = (time: string) => Date.parse(at(time));
const window = { from: ms('06:00'), to: ms('14:00') };
const weekly = [{ name: 'day', start: '06:00', end: '14:00', breaks: [], weekdays: [1, 2, 3, 4, 5, 6, 7] }];
const calendars = [{ valid_from: null, value: { timezone: 'UTC', weekly, exceptions: [] } }];
const prices = [{ valid_from: null, value: { hourly_cost: '1', ideal_cycle_seconds: '1', micro_stop_seconds: 60 } }];
const [one, two] = [aLine({ id: rowId(1), code: 'A' }), aLine({ id: rowId(2), code: 'B' })];
const facts = new Map([
  [
    one.id,
    {
      ...noFacts,
      calendars,
      prices,
      stops: [
        stopOf(aStop()),
        stopOf(aStop({ id: rowId(8), start_time: at('10:00'), end_time: at('10:40'), reason_category: 'electrical' })),
      ],
    },
  ],
  [two.id, { ...noFacts, calendars, prices }],
]);
const times = new Map([one, two].map(({ id }) => [id, { ...noTerms, apt_ms: 240 * 60_000 }]));
const lines = reliabilityLines(
  [one, two, aLine({ id: rowId(3) })].map((line) => ({ line, plant: aPlant(), window })),
  facts,
  times,
  ms('14:00'),
);
const by = (groupBy: Parameters<typeof reliabilityBy>[0]) => reliabilityBy(groupBy, lines, ms('14:00'));

test('terms are added over lines, then divided', () => {
  expect(by(undefined)).toEqual({
    items: [],
    total: { failures: 2, mtbf_minutes: 240, mttr_minutes: 30, mtta_minutes: null },
  });
});

test('lines have their own figures, most failures first; those whose facts are not known have none', () => {
  expect(by('line').items.map(({ label, failures, mtbf_minutes }) => [label, failures, mtbf_minutes])).toEqual([
    ['A', 2, 120],
    ['B', 0, null],
  ]);
});

test('a reason has the production time of every line, whichever reason it failed for', () => {
  expect(
    by('reason').items.map(({ group, mtbf_minutes, mttr_minutes }) => [group, mtbf_minutes, mttr_minutes]),
  ).toEqual([
    ['electrical', 480, 40],
    ['mechanical', 480, 20],
  ]);
});
