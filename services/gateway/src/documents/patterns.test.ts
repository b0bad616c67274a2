import { expect, test } from '@jest/globals';
import { asyncApiDocument } from './asyncapi.ts';
import { openApiDocument } from './openapi.ts';

/** Every pattern anywhere in a document. */
const patternsIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
        name === 'pattern' && typeof inner === 'string' ? [inner] : patternsIn(inner),
      );
const patterns = [...new Set([openApiDocument(), asyncApiDocument()].flatMap(patternsIn))];

/** Unicode properties, look-around, named groups, and classes that hold more in some dialects than in others. */
const NOT_EVERYWHERE = /\\[pPdDwWsSkK]|\(\?[=!<]/;

test('every pattern of both documents can be read by every dialect of regular expressions', () => {
  expect(patterns.length).toBeGreaterThan(5);
  expect(patterns.filter((pattern) => NOT_EVERYWHERE.test(pattern))).toEqual([]);
  for (const pattern of patterns) {
    expect(() => [new RegExp(pattern), new RegExp(pattern, 'u')]).not.toThrow();
  }
});
