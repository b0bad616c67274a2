/**
 * The problems that an endpoint can answer with, one response a status; endpoints with the same problems share them.
 */
import { MOST_FIELD_ERRORS, Problem, problems, type Operation, type ProblemCode } from '@plantops/contracts';
import type { JsonSchema } from '@plantops/contracts/json-schema';
import type { Route } from '../routes.ts';
import type { Components } from './components.ts';
import type { JsonObject } from './json.ts';

const ANYWHERE: readonly ProblemCode[] = [
  'unauthenticated',
  'forbidden',
  'unknown_tenant',
  'invalid',
  'too_many_requests',
  'internal',
  'service_unavailable',
  'outcome_unknown',
];
const WITH_A_BODY: readonly ProblemCode[] = ['malformed_json', 'body_too_large', 'unsupported_media_type'];
const WITH_A_KEY: readonly ProblemCode[] = ['in_progress', 'key_reused'];

const codesOf = ({ method, operation }: { method: Route['method']; operation: Operation }): ProblemCode[] => {
  const ofItsMethod = method === 'get' ? [] : [...WITH_A_BODY, ...WITH_A_KEY];
  const all = new Set<ProblemCode>([...operation.problems, ...ANYWHERE, ...ofItsMethod]);
  return (Object.keys(problems) as ProblemCode[]).filter((code) => all.has(code));
};

const pascal = (code: string): string => code.replaceAll(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());

const responseOf = (status: number, codes: readonly ProblemCode[]): JsonObject => ({
  description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
  ...([429, 503].includes(status) ? { headers: { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } } } : {}),
  ...(status === 401 ? { headers: { 'WWW-Authenticate': { $ref: '#/components/headers/WwwAuthenticate' } } } : {}),
  content: {
    'application/problem+json': {
      schema: { $ref: '#/components/schemas/Problem' },
      examples: Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }])),
    },
  },
});
const exampleOf = (code: ProblemCode): object =>
  (code === 'invalid'
    ? Problem.field('end_time', 'must be after start_time')
    : new Problem(code, problems[code].title)
  ).toDocument('0af7651916cd43dd8448eb211c80319c');

/** References to the responses by status; the responses themselves are among the components. */
export function refusalsOf(route: Route, responses: Components<JsonObject>): JsonObject {
  return Object.fromEntries(
    [...Map.groupBy(codesOf(route), (code) => problems[code].status)].map(([status, codes]) => {
      const name = codes.map(pascal).join('Or');
      responses.add(name, responseOf(status, codes));
      return [String(status), { $ref: `#/components/responses/${name}` }];
    }),
  );
}

/** A problem (RFC 9457). */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'A problem (RFC 9457).',
  properties: {
    type: { type: 'string', description: 'urn:plantops:problem: and the code.' },
    title: {
      type: 'string',
      description: 'What kind of problem it is, for people; the same for every problem of a code.',
    },
    status: { type: 'integer', description: 'The HTTP status.' },
    code: {
      type: 'string',
      enum: Object.keys(problems),
      description: 'What kind of problem it is, for programs. Codes do not change.',
    },
    detail: { type: 'string', description: 'What is wrong this time, and what to do about it.' },
    errors: {
      type: 'array',
      description: 'The fields at fault.',
      maxItems: MOST_FIELD_ERRORS,
      items: {
        type: 'object',
        properties: {
          path: { type: 'string', description: 'Where the field is, as a dotted path.' },
          message: { type: 'string', description: 'What to do about it.' },
        },
        required: ['path', 'message'],
      },
    },
    trace_id: {
      type: 'string',
      description: 'The trace (W3C Trace Context) of the request: quote it when you report a problem.',
    },
  },
  required: ['type', 'title', 'status', 'code', 'detail', 'errors'],
};
