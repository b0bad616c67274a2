/** The REST API as OpenAPI 3.1, generated from the routes and the contracts: it holds exactly what is declared. */
import { getOverview, NORMAL_FORM } from '@plantops/contracts';
import { methodsOf, routes, type Route } from '../routes.ts';
import { Components } from './components.ts';
import { endpoint, type Kept } from './endpoint.ts';
import type { JsonObject } from './json.ts';
import { rootPaths, streamPath, ticketPath } from './open-endpoints.ts';
import { problemSchema, refusalsOf } from './refusals.ts';
import { tags } from './resources.ts';

const BASE = '/api/v1/plant-ops';

const headers = {
  ETag: {
    description: 'The version of the row, as "3": send it back as If-Match.',
    schema: { type: 'string' },
    example: '"3"',
  },
  RetryAfter: {
    description: 'Seconds to wait before the request is sent again.',
    schema: { type: 'integer' },
    example: 1,
  },
  Location: {
    description: 'The path of the row that was made.',
    schema: { type: 'string' },
    example: '/api/v1/plant-ops/lines/0190c0de-0000-7000-8000-000000000002',
  },
  IdempotencyReplayed: {
    description: 'There, and true, when this is the answer to an earlier request with the same Idempotency-Key.',
    schema: { type: 'string', enum: ['true'] },
    example: 'true',
  },
  WwwAuthenticate: { description: 'How to authenticate.', schema: { type: 'string' }, example: 'Bearer' },
};
const parameters = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer.',
    schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]*$' },
    example: '0b7e3c52-4a0e-4f0e-9a55-0c8d2b1f6a77',
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`).',
    schema: { type: 'string', pattern: '^((W/)?"[0-9]{1,9}"|\\*)$' },
    example: '"3"',
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description:
      'The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body.',
    schema: { type: 'string' },
    example: '"3"',
  },
};
const securitySchemes = {
  bearerAuth: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A token of your identity provider, with the claims tenant_id, sub and roles.',
  },
  apiKey: {
    type: 'apiKey',
    in: 'header',
    name: 'X-API-Key',
    description: 'A key made by POST /api-keys, for programs.',
  },
  streamTicket: {
    type: 'apiKey',
    in: 'query',
    name: 'ticket',
    description: 'A ticket of POST /stream/ticket. It is valid once, within a minute.',
  },
};

const pathsOf = (all: readonly Route[], kept: Kept): JsonObject =>
  Object.fromEntries(
    [...Map.groupBy(all, ({ path }) => path)].map(([path, ofPath]) => [
      BASE + path,
      Object.fromEntries(
        ofPath.flatMap((route) => methodsOf(route).map((method) => [method, endpoint(route, kept, method)])),
      ),
    ]),
  );

/** The stream and its tickets have the problems of a query without fields. */
const withRefusals = (path: JsonObject, { responses }: Kept): JsonObject => {
  const refusals = refusalsOf({ method: 'get', path: '/stream', operation: getOverview }, responses);
  return Object.fromEntries(
    Object.entries(path as Record<string, JsonObject>).map(([method, operation]) => [
      method,
      { ...operation, responses: { ...(operation['responses'] as JsonObject), ...refusals } },
    ]),
  );
};

export function openApiDocument(all: readonly Route[] = routes): JsonObject {
  const kept: Kept = { schemas: new Components(), responses: new Components() };
  kept.schemas.add('Problem', problemSchema);
  const paths = {
    ...pathsOf(all, kept),
    [`${BASE}/stream`]: withRefusals(streamPath, kept),
    [`${BASE}/stream/ticket`]: withRefusals(ticketPath, kept),
    ...rootPaths,
  };
  return {
    openapi: '3.1.0',
    info: {
      title: 'PlantOps',
      version: '1.0.0',
      summary: "Where a plant's production time and money go, within seconds and to the cent.",
      description:
        'Times are RFC 3339 with their zone, answered in UTC. Money is US dollars. What is not known is null, never 0. Errors are problems ' +
        `(RFC 9457) that say what to do about them. ${NORMAL_FORM} ` +
        'Web pages of other origins may call the API if the plant names their origins in ' +
        'PLANTOPS_CORS_ORIGINS. All examples are of the same plant.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      contact: { name: 'PlantOps' },
    },
    servers: [{ url: '/', description: 'The gateway that this document came from.' }],
    security: [{ bearerAuth: [] }, { apiKey: [] }],
    tags,
    paths,
    components: {
      schemas: kept.schemas.toJSON(),
      responses: kept.responses.toJSON(),
      parameters,
      headers,
      securitySchemes,
    },
  };
}
