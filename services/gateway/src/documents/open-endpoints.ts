/** Endpoints that call no operation: the live stream, the documents, and the gateway's health. */
import { exampleOf } from '@plantops/contracts/examples';
import { getPlant } from '@plantops/contracts';
import type { JsonObject } from './json.ts';

const refusals = {
  429: { $ref: '#/components/responses/TooManyRequests' },
  431: { description: 'The headers of the request are larger than 16 KiB.' },
};
const text = (description: string, example: string): JsonObject => ({
  description,
  content: { 'text/plain': { schema: { type: 'string' }, example } },
});

/** Public, at the root. */
const open = (operationId: string, summary: string, description: string, responses: JsonObject): JsonObject => ({
  get: {
    operationId,
    summary,
    description,
    tags: ['service'],
    security: [],
    responses: { ...responses, ...refusals },
  },
});
const document = (what: string): JsonObject => ({
  200: { description: what, content: { 'application/json': { schema: { type: 'object' } } } },
});

const ANYONE = 'Anyone may read it, without a token.';
export const rootPaths: JsonObject = {
  '/openapi.json': open('openapi', 'This document (OpenAPI 3.1)', ANYONE, document('The REST API.')),
  '/asyncapi.json': open(
    'asyncapi',
    'What is published and announced over NATS (AsyncAPI 3.0)',
    ANYONE,
    document('The messages.'),
  ),
  '/docs': open('docs', 'A page on which to read and try the API', ANYONE, {
    200: { description: 'The page.', content: { 'text/html': { schema: { type: 'string' } } } },
  }),
  '/healthz': open('healthz', 'Whether the gateway runs', 'Answers as long as the process answers requests at all.', {
    200: text('It runs.', 'ok'),
  }),
  '/readyz': open('readyz', 'Whether the gateway can answer', 'A gateway is ready while it is connected to the bus.', {
    200: text('It is ready.', 'ok'),
    503: text('It is not ready now.', 'not ready'),
  }),
};

const anEvent = { specversion: '1.0', type: 'plant.updated', data: exampleOf(getPlant)?.output };

const PLACE = { type: 'string', pattern: '^[0-9]{1,15}-[0-9]{1,15}$' };

export const streamPath: JsonObject = {
  get: {
    operationId: 'stream',
    summary: 'What is announced in the tenant, as it happens (server-sent events)',
    description:
      'Least role: `viewer`. Each event carries an announcement as its data: a CloudEvent, as /asyncapi.json describes it. A client that comes back ' +
      'with the id it saw last goes on from there.',
    'x-role': 'viewer',
    tags: ['stream'],
    security: [{ bearerAuth: [] }, { apiKey: [] }, { streamTicket: [] }],
    parameters: [
      {
        name: 'Last-Event-ID',
        in: 'header',
        required: false,
        description:
          'The id of the event that was seen last; browsers send it when they connect again. Left out: from now on.',
        schema: PLACE,
      },
      {
        name: 'last_event_id',
        in: 'query',
        required: false,
        description: 'The same, for a client that comes with a ticket in place of a token or key.',
        schema: PLACE,
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

export const ticketPath: JsonObject = {
  post: {
    operationId: 'streamTicket',
    summary: 'A ticket for the live stream, for clients that cannot send headers, as EventSource of browsers',
    description:
      'Least role: `viewer`. The ticket opens GET /stream?ticket=… once, within a minute, for the tenant and roles of the caller. That stream ends when ' +
      'the token of the caller expires, after 15 minutes at most: get a new ticket then, and go on with last_event_id.',
    'x-role': 'viewer',
    tags: ['stream'],
    responses: {
      201: {
        description: 'The ticket.',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                ticket: { type: 'string', description: 'The ticket, to be sent as the query field `ticket`.' },
                expires_at: {
                  type: 'string',
                  format: 'date-time',
                  description: 'The instant from which it no longer opens a stream.',
                },
              },
              required: ['ticket', 'expires_at'],
            },
            example: {
              ticket: 'eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJwbGFudG9wcyJ9.c2ln',
              expires_at: '2026-03-02T08:01:00Z',
            },
          },
        },
      },
    },
  },
};
