/** Endpoints that call no operation: the live stream, the documents, and the gateway's health. */
import { exampleOf } from '@plantops/contracts/examples';
import { getPlant } from '@plantops/contracts';
import type { JsonObject } from './json.ts';

const unreadable = { 431: { description: 'The headers of the request are larger than 16 KiB.' } };
const text = (description: string, example: string): JsonObject => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' }, example } },
});

/** Public, at the root. */
const open = (operationId: string, summary: string, responses: JsonObject): JsonObject => ({
  get: { operationId, summary, tags: ['service'], security: [], responses: { ...responses, ...unreadable } },
});
const document = (what: string): JsonObject => ({
  200: { description: what, content: { 'application/json': { schema: { type: 'object' } } } },
});

export const rootPaths: JsonObject = {
  '/openapi.json': open('openapi', 'This document (OpenAPI 3.1)', document('The REST API.')),
  '/asyncapi.json': open('asyncapi', 'What is published and announced over NATS (AsyncAPI 3.0)', document('The messages.')),
  '/docs': open('docs', 'A page on which to read and try the API', {
    200: { description: 'The page.', content: { 'text/html': { schema: { type: 'string' } } } },
  }),
  '/healthz': open('healthz', 'Whether the gateway lives', { 200: text('It does.', 'ok') }),
  '/readyz': open('readyz', 'Whether the gateway can answer: its connection to the bus is there', {
    200: text('It can.', 'ok'),
    503: text('It cannot, for now.', 'not ready'),
  }),
};

const anEvent = { specversion: '1.0', type: 'plant.updated', data: exampleOf(getPlant)?.output };

export const streamPath: JsonObject = {
  get: {
    operationId: 'stream',
    summary: 'What is announced in the tenant, as it happens (server-sent events)',
    description:
      'Least role: `viewer`. Each event carries an announcement as its data: a CloudEvent, as /asyncapi.json describes it. A client that comes back ' +
      'with the id it saw last goes on from there.',
    'x-role': 'viewer',
    tags: ['stream'],
    parameters: [
      {
        name: 'Last-Event-ID',
        in: 'header',
        required: false,
        description: 'The id of the event that was seen last; browsers send it when they connect again. Left out: from now on.',
        schema: { type: 'string', maxLength: 200 },
      },
    ],
    responses: {
      200: {
        description: 'Events, without end.',
        content: {
          'text/event-stream': {
            schema: { type: 'string' },
            example: `id: 4711-12\nevent: plant.updated\ndata: ${JSON.stringify(anEvent)}\n\n`,
          },
        },
      },
    },
  },
};
