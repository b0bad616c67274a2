import { expect, test } from '@jest/globals';
import { mappingSource } from '@plantops/contracts';
import fc from 'fast-check';
import { valueAt } from './json-path.rules.ts';

const root = { a: { b: [{ 'c d': 1 }, [2]] }, n: null, 'x.y': 3 };

test.each([
  ['$', root],
  ['$.a.b[0]["c d"]', 1],
  ['$.a.b[1][0]', 2],
  ['$.n', null],
  ['$["x.y"]', 3],
  ['$.a.missing', undefined],
  ['$.a.b[7]', undefined],
  ['$.a[0]', undefined],
  ['$.n.deeper', undefined],
  ['$.a.constructor', undefined],
  ['$.a.b.length', undefined],
])('%s finds what is there, and nothing else', (path, expected) => {
  expect(valueAt(root, path)).toEqual(expected);
});

test('every value of a payload has a path that finds it, and that a mapping accepts', () => {
  const name = fc.stringMatching(/^[^"\\\p{C}]{1,8}$/u);
  fc.assert(
    fc.property(fc.array(fc.oneof(name, fc.nat(9)), { maxLength: 6 }), (steps) => {
      const path = `$${steps.map((step) => (typeof step === 'number' ? `[${step}]` : `["${step}"]`)).join('')}`;
      const built = steps.reduceRight<unknown>(
        (inner, step) => (typeof step === 'number' ? Array.from({ length: step + 1 }, () => inner) : { [step]: inner }),
        'found',
      );
      expect(mappingSource.safeParse({ path }).success).toBe(true);
      expect(valueAt(built, path)).toBe('found');
    }),
  );
});
