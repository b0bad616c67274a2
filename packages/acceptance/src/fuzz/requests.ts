/** Makes a request from a recipe, with the ids that exist when it is sent, and with unnormalized bytes. */
import { randomUUID } from 'node:crypto';
import { isWrite, paramsOf, type Input, type Request, type Route } from '../asking/endpoints.ts';
import type { Recipe } from './recipes.ts';
import type { RowPool } from './row-pool.ts';
import { RawNumber, RowPick } from './values.ts';

/** Node's limit of a request's headers, minus space for other headers. */
const MOST_URL = 12_000;
/** A longer value is cut, so that the path keeps its end. */
const MOST_IN_PATH = 500;

export function resolved(value: unknown, own: RowPool, other: RowPool): unknown {
  if (value instanceof RowPick) {
    if (value.whose === 'nobody') return randomUUID();
    return (value.whose === 'own' ? own : other).pick(value.kind, value.share);
  }
  if (value instanceof RawNumber || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => resolved(one, own, other));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolved(inner, own, other)]));
}

const { rawJSON } = JSON as unknown as { rawJSON: (text: string) => unknown };
const jsonOf = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) => (inner instanceof RawNumber ? rawJSON(inner.text) : inner)) ??
  'null';
const textOf = (value: unknown): string => (typeof value === 'string' ? value : jsonOf(value));

/** A lone surrogate cannot be encoded. These are the bytes of a client that encodes it nevertheless. */
const HALF_A_CHARACTER = '%ED%A0%80';
const encoded = (text: string): string => (text.isWellFormed() ? encodeURIComponent(text) : HALF_A_CHARACTER);
/** An empty id, or dots, would make another path. */
const inPath = (value: unknown): string => encoded(textOf(value).slice(0, MOST_IN_PATH).replace(/^\.*$/, ' '));

export function requestFor({ route, fields, body, headers }: Recipe, input: Input): Request {
  const method = route.method.toUpperCase();
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => inPath(input[name]));
  const others = Object.keys(fields).filter((name) => !paramsOf(route).includes(name));
  if (isWrite(route)) {
    const text =
      body ?? (others.length === 0 ? undefined : jsonOf(Object.fromEntries(others.map((name) => [name, input[name]]))));
    return {
      method,
      path,
      headers: text === undefined ? headers : { 'content-type': 'application/json', ...headers },
      body: text,
    };
  }
  const query = others.map((name) => `${encoded(name)}=${encoded(textOf(input[name]))}`).join('&');
  return { method, path: `${path}${query === '' ? '' : `?${query}`}`.slice(0, MOST_URL), headers };
}

/**
 * The input that the service reads from a request, as far as it is known: undefined when the body is not JSON of the
 * fields.
 */
export function readBy(route: Route, recipe: Recipe, input: Input): Record<string, unknown> | undefined {
  if (recipe.body !== undefined) return undefined;
  const asText = (name: string) => !isWrite(route) || paramsOf(route).includes(name);
  return Object.fromEntries(
    Object.keys(recipe.fields).map((name) => [
      name,
      asText(name) ? textOf(input[name]) : (JSON.parse(jsonOf(input[name])) as unknown),
    ]),
  );
}
