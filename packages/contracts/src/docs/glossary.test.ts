import { describe, expect, test } from '@jest/globals';
import { allOperations } from './declared.ts';
import { allEvents } from '../events/events.ts';
import { entryFor, glossaryEntries, meaningOf } from './glossary.ts';
import { ingestKinds } from '../line-events.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';
import { readingsBody } from '../operations/sensors.ts';

const documented = [
  ...allOperations.flatMap(({ service, name, input, output }) => [
    { owner: `${service}.${name}`, ...jsonSchemaOf(input, 'input', `${service}.${name}`) },
    { owner: `${service}.${name}`, ...jsonSchemaOf(output, 'output', `${service}.${name}`) },
  ]),
  ...allEvents.map(({ type, data }) => ({ owner: type, ...jsonSchemaOf(data, 'output', type) })),
  ...Object.entries(ingestKinds).map(([kind, { body }]) => ({
    owner: `ingest.${kind}`,
    ...jsonSchemaOf(body, 'input', `ingest.${kind}`),
  })),
  { owner: 'readings', ...jsonSchemaOf(readingsBody, 'input', 'readings') },
];

const fieldsOf = (schema: unknown): string[] =>
  typeof schema !== 'object' || schema === null
    ? []
    : Object.entries(schema).flatMap(([keyword, value]: [string, unknown]) => [
        ...(keyword === 'properties' ? Object.keys(value as JsonSchema) : []),
        ...fieldsOf(value),
      ]);
const stands = documented.flatMap(({ owner, schema, named }) => [
  ...fieldsOf(schema).map((field) => [owner, field] as const),
  ...Object.entries(named).flatMap(([name, of]) => fieldsOf(of).map((field) => [name, field] as const)),
]);

describe('the glossary', () => {
  test('says of every field what it means, wherever it stands', () => {
    const without = stands.filter(([owner, field]) => meaningOf(owner, field) === undefined).map(([owner, field]) => `${owner}.${field}`);
    expect([...new Set(without)]).toEqual([]);
  });

  test('has no entry that nothing uses', () => {
    const used = new Set(stands.map(([owner, field]) => entryFor(owner, field)));
    expect(glossaryEntries.filter((entry) => !used.has(entry))).toEqual([]);
  });

  test('has no qualified entry that says what the plain one says', () => {
    for (const entry of glossaryEntries.filter((name) => name.includes('.')))
      expect([entry, meaningOf('', entry.split('.').at(-1) as string)]).not.toEqual([entry, meaningOf('', entry)]);
  });

  test('ends every sentence', () => {
    for (const entry of glossaryEntries) expect([entry, meaningOf('', entry)]).toEqual([entry, expect.stringMatching(/\.$/)]);
  });
});
