import { Problem } from '@plantops/contracts';
import { traceIdOf, type Logger } from '@plantops/service-kit';
import type { ErrorRequestHandler, Response } from 'express';

/** Responds with a problem (RFC 9457). */
export const sendProblem = (response: Response, problem: Problem): void => {
  const document = problem.toDocument(traceIdOf(String(response.locals['traceparent'] ?? '')));
  if (document.status === 503 || document.status === 429) response.setHeader('Retry-After', '1');
  if (document.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  response.status(document.status).type('application/problem+json').send(JSON.stringify(document));
};

export const BODY_TOO_LARGE = 'the body is larger than 100 kB: send less at once';

/** Errors of Express and its body parser, in PlantOps' words. */
const READING: Record<number, Problem> = {
  400: new Problem('malformed_json', 'the body is not JSON: send one JSON object'),
  413: new Problem('body_too_large', BODY_TOO_LARGE),
  415: new Problem('unsupported_media_type', 'the body must be JSON in UTF-8: send content-type application/json'),
};

const UNREADABLE_PATH = new Problem('not_found', 'the path is not percent-encoded UTF-8: there is nothing at it');

/** The last handler: turns any error into a problem. */
export const problemHandler =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const status = typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 0;
    const problem = error instanceof Problem ? error : error instanceof URIError ? UNREADABLE_PATH : READING[status];
    if (!problem) logger.error({ err: error }, 'a request failed');
    sendProblem(
      response,
      problem ?? new Problem('internal', 'an unexpected error; quote the trace_id when you report it'),
    );
  };
