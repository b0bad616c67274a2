import { describe, expect, test } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { routes } from '../routes.ts';
import { openApiDocument } from './openapi.ts';

type Operation = {
  operationId: string;
  responses: Record<string, { content?: Record<string, unknown> }>;
  parameters?: { name?: string; in?: string }[];
};
const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, unknown> };
};
const at = (path: string, method: string) => document.paths[`/api/v1/plant-ops${path}`]?.[method];

describe('the OpenAPI document', () => {
  test("passes Redocly's recommended rules, warnings included", async () => {
    const config = await createConfig({ extends: ['recommended'] });
    const found = await lintFromString({ source: JSON.stringify(document), absoluteRef: 'openapi.json', config });
    expect(found.map(({ ruleId, message, location }) => `${ruleId}: ${message} at ${location[0]?.pointer}`)).toEqual(
      [],
    );
  });

  test('has every route, each with its own operation id', () => {
    for (const { path, method } of routes)
      expect([path, method, at(path, method)?.operationId]).toEqual([path, method, expect.any(String)]);
    const ids = Object.values(document.paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain('moneyLeaksByReason');
  });

  test('each row schema is written once and referred to', () => {
    expect(at('/downtimes/{id}', 'put')?.responses['200']?.content).toMatchObject({
      'application/json': { schema: { $ref: '#/components/schemas/Downtime' } },
    });
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['Downtime', 'DowntimeView', 'Plant', 'Problem']),
    );
  });

  test('lists are also available as CSV, other responses are not', () => {
    expect(Object.keys(at('/downtimes', 'get')?.responses['200']?.content ?? {})).toEqual([
      'application/json',
      'text/csv',
    ]);
    expect(Object.keys(at('/downtimes/{id}', 'get')?.responses['200']?.content ?? {})).toEqual(['application/json']);
  });

  test('optional ids in a query have no example: the page fills examples in, and a filter of an unknown row finds nothing', () => {
    const listed = (at('/downtimes', 'get')?.parameters ?? []) as { name?: string; example?: unknown }[];
    expect(listed.filter(({ example }) => example !== undefined).map(({ name }) => name)).not.toContain('line_id');
    const one = (at('/downtimes/{id}', 'get')?.parameters ?? []) as { name?: string; example?: unknown }[];
    expect(one[0]).toMatchObject({ name: 'id', example: expect.any(String) });
  });

  test('the reason of a DELETE may come in the query or in the body', () => {
    const voided = at('/downtimes/{id}', 'delete');
    expect(voided?.parameters).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'reason', in: 'query', required: false })]),
    );
    expect(voided).toMatchObject({ requestBody: { required: false } });
  });
});
