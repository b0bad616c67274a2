import { describe, expect, test } from '@jest/globals';
import { documented } from './documented.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';

type Field = readonly [path: string, schema: JsonSchema];

/** Every field anywhere in a schema. */
function fieldsOf(schema: unknown, path: string): Field[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([keyword, value]: [string, unknown]) => {
    if (keyword !== 'properties') return fieldsOf(value, path);
    return Object.entries(value as Record<string, JsonSchema>).flatMap(([name, of]): Field[] => [
      [`${path}.${name}`, of],
      ...fieldsOf(of, `${path}.${name}`),
    ]);
  });
}
const fields = documented.flatMap(({ title, schema, io }) => {
  const { schema: root, named } = jsonSchemaOf(schema, io);
  return [...fieldsOf(root, title), ...Object.entries(named).flatMap(([name, of]) => fieldsOf(of, name))];
});

const NUMERIC = [
  'maxLength',
  'minLength',
  'maxItems',
  'minItems',
  'maximum',
  'minimum',
  'exclusiveMinimum',
  'default',
] as const;
/** Numbers that a field's own keywords publish; 0 and 1 are too common in sentences to look for. */
function publishedBy(schema: JsonSchema): string[] {
  const numbers = NUMERIC.map((keyword) => schema[keyword]).filter(
    (value) => typeof value === 'number' && value > 1,
  ) as number[];
  return numbers.flatMap((value) => [String(value), value.toLocaleString('en')]);
}
/** Numbers in a sentence, with their thousands separators. */
const numbersIn = (sentence: string): string[] => sentence.match(/\d[\d,]*(?:\.\d+)?(?<!,)/g) ?? [];

describe('every field of operations, events, line events and readings', () => {
  test('has a description that ends with a full stop', () => {
    expect(fields.length).toBeGreaterThan(1_000);
    const without = fields.filter(
      ([, { description }]) => typeof description !== 'string' || !/\S\.$/.test(description),
    );
    expect(without.map(([path]) => path)).toEqual([]);
  });

  test('does not repeat in its description a limit or default that its schema publishes', () => {
    const repeated = fields.flatMap(([path, schema]) => {
      const published = publishedBy(schema);
      return numbersIn(String(schema['description'])).some((number) => published.includes(number)) ? [path] : [];
    });
    expect(repeated).toEqual([]);
  });
});
