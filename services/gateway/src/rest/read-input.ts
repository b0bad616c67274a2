import { Problem } from '@plantops/contracts';
import type { Request } from 'express';

/** HEAD is read as GET in every way. */
export const isRead = ({ method }: Pick<Request, 'method'>): boolean => method === 'GET' || method === 'HEAD';

/** The flat input of an operation, from the path, the query and the body. The owner of the operation checks it. */
export const readInput = (request: Request): Record<string, unknown> => {
  const body: unknown = request.body ?? {};
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw Problem.field('body', 'must be one JSON object');
  if (!isRead(request)) refuseUnkeepable(body);
  const params = request.params as Record<string, string>;
  // Reads have their fields in the query, writes in the body. A DELETE may have its reason in either.
  const fields = isRead(request)
    ? withZones(request.query)
    : request.method === 'DELETE'
      ? { ...request.query, ...body }
      : body;
  const twice = Object.keys(params).find((name) => Object.hasOwn(fields, name));
  if (twice !== undefined) throw Problem.field(twice, 'is part of the path: leave it out');
  return { ...fields, ...params };
};

/** How many levels a body may be nested. */
export const DEEPEST = 32;

/** JSON allows values that cannot be stored unchanged: numbers out of range, single surrogates, endless nesting. */
const refuseUnkeepable = (value: unknown, path = '', depth = 0): void => {
  if (depth > DEEPEST) throw Problem.field(path.slice(0, 200), `is nested deeper than ${DEEPEST} levels`);
  if (typeof value === 'number' && !Number.isFinite(value)) throw Problem.field(path, 'is a number beyond range');
  if (typeof value === 'string' && !value.isWellFormed()) throw Problem.field(path, 'holds half of a character');
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name === '__proto__' || !name.isWellFormed())
      throw Problem.field(path, 'has a field whose name cannot be kept');
    refuseUnkeepable(inner, path === '' ? name : `${path}.${name}`, depth + 1);
  }
};

/** In a query, + means a space; in a time it can only be the sign of the zone. */
const withZones = (query: Request['query']): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? value.replace(/^(\d{4}-\d\d-\d\dT[\d:.]+) (\d\d:\d\d)$/, '$1+$2') : value,
    ]),
  );

/** The version in If-Match (`"3"`), if any. Some proxies make an ETag weak on its way: `W/"3"` is the same version. */
export const readExpectedVersion = (request: Request): number | undefined => {
  const header = request.get('if-match');
  if (header === undefined || header === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined) throw Problem.field('If-Match', 'must be the ETag of the row as it was answered, as "3"');
  return Number(version);
};

/** Whether If-None-Match names the version: the client has the row already (RFC 9110, 13.1.2). */
export const hasVersion = (request: Request, version: string): boolean => {
  const header = request.get('if-none-match');
  if (header === undefined) return false;
  return header === '*' || header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === `"${version}"`);
};

/** The Idempotency-Key of a request that may change something, if any. */
export const readIdempotencyKey = (request: Request): string | undefined => {
  const key = request.get('idempotency-key');
  if (key === undefined || isRead(request)) return undefined;
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw Problem.field('Idempotency-Key', 'must be 1 to 255 visible ASCII characters');
  return key;
};
