import type { RequestHandler } from 'express';
import allowOrigins from 'cors';

/** Headers that a page may send besides those that every page may. */
const SENT = [
  'Accept',
  'Authorization',
  'Content-Type',
  'Idempotency-Key',
  'If-Match',
  'If-None-Match',
  'Last-Event-ID',
  'X-API-Key',
  'traceparent',
];
/** Headers of an answer that a page may read besides those that every page may. */
const EXPOSED = [
  'Content-Disposition',
  'Date',
  'ETag',
  'Idempotency-Replayed',
  'Link',
  'Location',
  'Retry-After',
  'WWW-Authenticate',
  'X-Total-Count',
];
/** A browser asks again for permission after this. */
const ASK_AGAIN_SECONDS = 600;

/**
 * Lets the web pages of exactly these origins call the API (CORS). Nothing is sent by cookie, so no credentials are
 * allowed. What browsers ask before a request is answered by `answerPreflight`, after it was counted.
 */
export const cors = (origins: readonly string[]): RequestHandler =>
  allowOrigins({
    origin: [...origins],
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: SENT,
    exposedHeaders: EXPOSED,
    maxAge: ASK_AGAIN_SECONDS,
    preflightContinue: true,
  });

/** Answers what a browser asks before a request of a page: the headers say whether the page may send it. */
export const answerPreflight: RequestHandler = (request, response, next) => {
  if (request.method !== 'OPTIONS' || request.get('access-control-request-method') === undefined) return next();
  response.status(204).setHeader('Content-Length', '0').end();
};
