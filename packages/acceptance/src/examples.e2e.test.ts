/** Sends the examples of the documents to a plant, in order, and compares the answers. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { operationId } from '@plantops/contracts/declared';
import { runExamples, type Send } from '@plantops/contracts/run-examples';
import { PlantUnderTest } from '@plantops/testing/plant';

const BASE = '/api/v1/plant-ops';
const RUN_WITHIN_MS = 300_000;

type Endpoint = { readonly method: string; readonly path: string };
let plant: PlantUnderTest;
let endpoints: ReadonlyMap<string, Endpoint>;

/** The method and path of each operation, from the plant's own OpenAPI document. */
async function documented(): Promise<Map<string, Endpoint>> {
  const { gateway_url } = await plant.ready();
  const response = await fetch(`${gateway_url}/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, { operationId?: string }>> };
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [operation.operationId ?? '', { method: method.toUpperCase(), path }] as const,
      ),
    ),
  );
}

function endpointOf(operation: Parameters<typeof operationId>[0]): Endpoint {
  const endpoint = endpoints.get(operationId(operation));
  if (endpoint === undefined) throw new Error(`the document has no operation ${operationId(operation)}`);
  return endpoint;
}

/** Puts the fields of an input into the path, into the query of a query, or into the body of a command. */
const send: Send = async (operation, input) => {
  const { method, path } = endpointOf(operation);
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
  const address = path
    .replace(BASE, '')
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const fields = Object.entries(input).filter(([name]) => !inPath.has(name));
  if (method !== 'GET')
    return plant.rest(method, address, fields.length === 0 ? undefined : Object.fromEntries(fields));
  const query = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)]));
  return plant.rest(method, `${address}?${query.toString()}`);
};

beforeAll(async () => {
  plant = await PlantUnderTest.create();
  await plant.start();
  endpoints = await documented();
}, 90_000);
afterAll(() => plant.remove());

test(
  'a new plant answers every example as documented',
  async () => {
    const astray: object[] = [];
    for await (const step of runExamples(send, (operation) => (endpointOf(operation).method === 'POST' ? 201 : 200)))
      if (step.differences.length > 0) astray.push(step);
    expect(astray).toEqual([]);
  },
  RUN_WITHIN_MS,
);
