/** Fails when declarations and documents differ. */
import { describe, expect, test } from '@jest/globals';
import { allEvents, eventSubject, ingestKinds, ingestSubject, type Operation } from '@plantops/contracts';
import { allOperations, operationId } from '@plantops/contracts/declared';
import { eventExamples, exampleOf, ingestExamples } from '@plantops/contracts/examples';
import { routes } from '../routes.ts';
import { asyncApiDocument } from './asyncapi.ts';
import { openApiDocument } from './openapi.ts';

const routed = new Set<Operation>(
  routes.flatMap(({ operation, fanOut }) => [operation, ...(fanOut?.operations ?? [])]),
);
const subjects = (operations: Iterable<Operation>) => [...operations].map(({ subject }) => subject).sort();

type Document = {
  paths: Record<string, Record<string, { operationId: string }>>;
  channels: Record<string, { address: string }>;
};
const plain = (document: object) => JSON.parse(JSON.stringify(document)) as Document;
const openApi = plain(openApiDocument());
const asyncApi = plain(asyncApiDocument());

/** Every property in a document without a description. */
const unexplained = (schema: unknown, path: string): string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const properties =
    'properties' in schema && !path.endsWith('.properties') ? (schema.properties as Record<string, object>) : {};
  return [
    ...Object.entries(properties).flatMap(([name, of]) =>
      'description' in of || 'const' in of ? [] : [`${path}.${name}`],
    ),
    ...Object.entries(schema).flatMap(([name, inner]) =>
      /^examples?$/.test(name) ? [] : unexplained(inner, `${path}.${name}`),
    ),
  ];
};

describe('declarations and documents stay together', () => {
  test('every operation that is not internal has a route', () => {
    const declared = allOperations.filter(({ internal }) => !internal);
    expect(subjects(declared.filter((operation) => !routed.has(operation)))).toEqual([]);
  });

  test('every route answers an operation that is declared, and none that is internal', () => {
    expect(
      subjects([...routed].filter((operation) => operation.internal || !allOperations.includes(operation))),
    ).toEqual([]);
  });

  test('every route is documented under the id of its operation', () => {
    for (const { method, path, operation } of routes)
      expect([path, openApi.paths[`/api/v1/plant-ops${path}`]?.[method]?.operationId]).toEqual([
        path,
        operationId(operation),
      ]);
  });

  test('every event and every kind of line event has a documented channel', () => {
    const addresses = new Set(Object.values(asyncApi.channels).map(({ address }) => address));
    const announced = allEvents.map((event) => eventSubject(event, '{tenant}', '{id}'));
    const taken = Object.keys(ingestKinds).map((kind) => ingestSubject('{tenant}', '{line}', kind));
    expect([...announced, ...taken].filter((address) => !addresses.has(address))).toEqual([]);
  });

  test('every field of both documents says what it means', () => {
    expect(unexplained(openApi, 'openapi')).toEqual([]);
    expect(unexplained(asyncApi, 'asyncapi')).toEqual([]);
  });

  test('every operation with a route, every event and every kind of line event has an example', () => {
    expect(
      subjects(routes.map(({ operation }) => operation).filter((operation) => exampleOf(operation) === undefined)),
    ).toEqual([]);
    expect(allEvents.map(({ type }) => type).filter((type) => !(type in eventExamples))).toEqual([]);
    expect(Object.keys(ingestKinds).filter((kind) => !(kind in ingestExamples))).toEqual([]);
  });
});
