import { Problem } from '@plantops/contracts';
import type { Request } from 'express';

/** One flat input of an operation, from the path, the query and the body. The operation's owner checks it. */
export const readInput = (request: Request): Record<string, unknown> => {
  const body: unknown = request.body ?? {};
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Problem('invalid', 'the body must be one JSON object');
  const params = request.params as Record<string, string>;
  // On reads the fields come in the query, on writes in the body; DELETE may carry a reason in either.
  const fields = request.method === 'GET' ? withZones(request.query) : request.method === 'DELETE' ? { ...request.query, ...body } : body;
  const twice = Object.keys(params).find((name) => Object.hasOwn(fields, name));
  if (twice !== undefined) throw Problem.field(twice, 'is part of the path: leave it out');
  return { ...fields, ...params };
};

/** In a query a + means a space; in a time it can only have been the sign of a zone. */
const withZones = (query: Request['query']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\dT[\d:.]+) (\d\d:\d\d)$/, '$1+$2') : value,
    ]),
  );

/** The version in If-Match (`"3"`), if there is one. */
export const readExpectedVersion = (request: Request): number | undefined => {
  const header = request.get('if-match');
  if (header === undefined || header === '*') return undefined;
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined) throw Problem.field('If-Match', 'must be the ETag of the row as it was answered, as "3"');
  return Number(version);
};
