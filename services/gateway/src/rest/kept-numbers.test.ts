import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isKept, refuseChangedNumbers } from './kept-numbers.ts';

describe('a number in a body', () => {
  test.each(['123456789012345678901234567890', '9007199254740993', '12345678901.00000000000000000000001', '1e400'])(
    '%s would be stored with another value: it is refused by its name',
    (number) => {
      expect(() => refuseChangedNumbers(`{"parameters":{"speed":${number}}}`)).toThrow(/speed.*send it as text/);
    },
  );

  test.each(['0.30000000000000004', '1.50e3', '10000000000000000000000', '0e10', '-0', '1E+2', '0.000001', '1e-7'])(
    '%s is kept',
    (number) => {
      expect(() => refuseChangedNumbers(`{"a":[${number}]}`)).not.toThrow();
      expect(isKept(number, Number(number))).toBe(true);
    },
  );

  test.each(['0.1000000000000000055511151231257827', '12.30000019073486328125', '-5e-324', '1e-400'])(
    '%s is rounded to six decimals anyway: that it has more digits than JavaScript keeps is no reason to refuse it',
    (number) => expect(() => refuseChangedNumbers(`{"quantity":${number}}`)).not.toThrow(),
  );

  test('is kept when JavaScript wrote it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => isKept(String(value), value)),
    );
  });

  test('in a text, or in what is no JSON, is not looked at', () => {
    expect(() => refuseChangedNumbers('{"id":"123456789012345678901234567890"}')).not.toThrow();
    expect(() => refuseChangedNumbers('{"id":123456789012345678901234567890')).not.toThrow();
  });
});
