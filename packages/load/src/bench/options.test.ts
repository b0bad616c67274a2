import { expect, test } from '@jest/globals';
import { BENCHES, readOptions } from './options.ts';

test('without a name every bench runs', () => {
  expect(readOptions([]).benches).toEqual(BENCHES);
  expect(readOptions(['oee', '--rows', '20000'])).toMatchObject({ benches: ['oee'], history: [10_000, 20_000] });
});

test.each([
  [['--rows', '20000001'], '--rows: must be a whole number from 1 to 20000000'],
  [['--seconds', '0'], '--seconds: must be a whole number from 1 to 60'],
  [['--rows', '10000'], '--rows: must be more than --small-rows'],
  [['speed'], 'there is no bench speed'],
])('%j is refused', (args, message) => {
  expect(() => readOptions(args)).toThrow(message);
});
