import { Problem } from '@plantops/contracts';
import express, { type Request, type Response } from 'express';
import type { z } from 'zod';
import { refuseChangedNumbers } from './kept-numbers.ts';
import { BODY_TOO_LARGE } from './problem-response.ts';
import { isRead } from './read-input.ts';

const MOST_BODY_BYTES = 100 * 1024;
/** JSON is UTF-8 (RFC 8259). What reads the bytes before the parser relies on it. */
const isUtf8 = (request: Request): boolean => {
  const charset = /charset="?([^\s;"]+)/i.exec(request.get('content-type') ?? '')?.[1];
  return charset === undefined || /^utf-?8$/i.test(charset);
};

/**
 * The reader of the JSON bodies of an operation with this input, into `request.body`, of known callers only. A slow
 * sender holds a place of its own tenant meanwhile.
 */
export const bodyReader = (input: z.ZodType) => {
  const readJson = express.json({
    limit: MOST_BODY_BYTES,
    strict: true,
    verify: (_request, _response, bytes) => refuseChangedNumbers(bytes.toString(), input),
  });
  return async (request: Request, response: Response): Promise<void> => {
    if (isRead(request)) return;
    const length = Number(request.headers['content-length'] ?? 0);
    const hasBody = request.headers['transfer-encoding'] !== undefined || length > 0;
    if (hasBody && (!request.is('application/json') || !isUtf8(request)))
      throw new Problem('unsupported_media_type', 'send content-type: application/json, in UTF-8');
    // The parser would read such a body to its end before it refuses it.
    if (length > MOST_BODY_BYTES) throw new Problem('body_too_large', BODY_TOO_LARGE);
    await new Promise<void>((resolve, reject) => {
      readJson(request, response, (error) => (error === undefined ? resolve() : reject(error)));
    });
  };
};
