import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planTrial, logReadings, logScrap, updateProduct } from '@plantops/contracts';
import { isKept, refuseChangedNumbers } from './kept-numbers.ts';

const inTrial = (text: string) => refuseChangedNumbers(text, planTrial.input);
const inReading = (number: string) => refuseChangedNumbers(`{"readings":[{"value":${number}}]}`, logReadings.input);

describe('a number in a body', () => {
  test.each(['123456789012345678901234567890', '9007199254740993', '12345678901.00000000000000000000001', '1e400'])(
    '%s would be stored with another value: it is refused by its name',
    (number) => {
      expect(() => inTrial(`{"parameters":{"speed":${number}}}`)).toThrow(/speed.*send it as text/);
      expect(() => inReading(number)).toThrow(/value.*at most 15 digits/);
    },
  );

  test.each(['0.30000000000000004', '1.50e3', '10000000000000000000000', '0e10', '-0', '1E+2', '0.000001', '1e-7'])(
    '%s is kept',
    (number) => {
      expect(() => inTrial(`{"parameters":{"a":[${number}]}}`)).not.toThrow();
      expect(isKept(number, Number(number))).toBe(true);
    },
  );

  test.each([
    '0.1000000000000000055511151231257827',
    '12.30000019073486328125',
    '-5e-324',
    '1e-400',
    '12345678901.1234567890123',
    '12345678901.00000000000000000000001',
  ])(
    '%s is rounded anyway in a field with decimals: its digits beyond 64 bits are no reason to refuse it',
    (number) => {
      expect(() => refuseChangedNumbers(`{"quantity":${number},"unit_cost":${number}}`, logScrap.input)).not.toThrow();
      const units = `{"units":[{"unit":"kg","factor":${number}}]}`;
      expect(() => refuseChangedNumbers(units, updateProduct.input)).not.toThrow();
    },
  );

  test.each(['0.1234567890123456789', '3.14159265358979323846', '1e-400'])(
    '%s loses digits where nothing is rounded: free JSON, under any name and at any depth, and readings',
    (number) => {
      expect(() => inTrial(`{"parameters":{"quantity":${number}}}`)).toThrow(/quantity.*cannot be kept/);
      expect(() => inTrial(`{"parameters":{"a":[{"unit_cost":${number}}]}}`)).toThrow(/unit_cost.*cannot be kept/);
      expect(() => inReading(number)).toThrow(/value.*cannot be kept/);
    },
  );

  test.each(['0.1000000000000000055511151231257827', '12.30000019073486328125'])(
    '%s is a number of 64 bits with all its digits: a reading is one; free JSON would come back as another text',
    (number) => {
      expect(() => inReading(number)).not.toThrow();
      expect(() => inTrial(`{"parameters":{"speed":${number}}}`)).toThrow(/speed.*cannot be kept/);
    },
  );

  test('is kept when JavaScript wrote it', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => isKept(String(value), value)),
    );
  });

  test('in a text, or in what is no JSON, is not looked at', () => {
    expect(() => inTrial('{"id":"123456789012345678901234567890"}')).not.toThrow();
    expect(() => inTrial('{"id":123456789012345678901234567890')).not.toThrow();
  });
});
