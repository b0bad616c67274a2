import { expect, test } from '@jest/globals';
import { SHARES } from './limits.ts';
import { Places } from './places.ts';

test('one caller takes its share at most; another one still finds a place, until all are taken', () => {
  const places = new Places({ all: 5, ofOne: 2 }, 'streams', 'this tenant');
  const code = (of: string) => expect.objectContaining({ code: of });
  places.take('a');
  places.take('a');
  expect(() => places.take('a')).toThrow(code('too_many_requests'));
  for (const caller of ['b', 'b', 'c']) places.take(caller);
  expect(() => places.take('d')).toThrow(code('service_unavailable'));
});

test('a place that is given back is free again, for its caller and for all', () => {
  const places = new Places({ all: 2, ofOne: 1 }, 'streams', 'this tenant');
  const giveBack = places.take('a');
  places.take('b');
  expect([places.full('a'), places.full('c')]).toEqual(['own', 'all']);
  giveBack();
  expect([places.full('a'), places.full('c')]).toEqual([undefined, undefined]);
});

test('no share lets one address or tenant take more than half of what all have', () => {
  for (const [what, { all, ofOne }] of Object.entries(SHARES)) expect([what, ofOne <= all / 2]).toEqual([what, true]);
});
