import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { matches } from './topic.rules.ts';

test.each([
  ['line/+/count', 'line/FILL-1/count', true],
  ['line/+/count', 'line/FILL-1/state', false],
  ['line/+/count', 'line/count', false],
  ['line/+', 'line/', true],
  ['line/+', 'line', false],
  ['line/#', 'line/a/b', true],
  ['line/#', 'line', true],
  ['line/#', 'lines', false],
  ['+/+', '/count', true],
  ['+', '/count', false],
  ['#', 'a/b/c', true],
  ['#', '$SYS/uptime', false],
  ['+/uptime', '$SYS/uptime', false],
  ['$SYS/#', '$SYS/uptime', true],
])('the filter %s matches the topic %s: %s', (filter, topic, expected) => {
  expect(matches(filter, topic)).toBe(expected);
});

const level = fc.stringMatching(/^[a-z]{0,3}$/);

test('a topic matches itself, with + for any of its levels, and with # for its end', () => {
  fc.assert(
    fc.property(fc.array(level, { minLength: 1, maxLength: 6 }), fc.nat(5), (levels, at) => {
      const place = at % levels.length;
      const topic = levels.join('/');
      expect(matches(topic, topic)).toBe(true);
      expect(matches(levels.with(place, '+').join('/'), topic)).toBe(true);
      expect(matches([...levels.slice(0, place), '#'].join('/'), topic)).toBe(true);
      expect(matches([...levels, '+'].join('/'), topic)).toBe(false);
    }),
  );
});
