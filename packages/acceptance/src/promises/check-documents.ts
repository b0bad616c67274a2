/**
 * Checks that the OpenAPI document has every endpoint, a description of every field, and every status that was
 * answered.
 */
import { BASE, routes, titleOf } from '../asking/endpoints.ts';
import type { Coverage } from './coverage.ts';
import { OPEN, STREAM } from './applicable.ts';

type Json = { readonly [name: string]: unknown };
type Endpoint = {
  readonly parameters?: readonly Json[];
  readonly requestBody?: Json;
  readonly responses?: Readonly<Record<string, Json>>;
  readonly summary?: string;
};
export type Document = { readonly paths: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> } & Json;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const at = (document: Json, reference: string): unknown =>
  reference
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((value, name) => (isJson(value) ? value[name] : undefined), document);

/** The properties without a description, also in referenced schemas. */
function undescribed(document: Json, value: unknown, path: string, seen = new Set<string>()): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => undescribed(document, one, path, seen));
  if (!isJson(value)) return [];
  const { $ref, properties, example: _example, examples: _examples, ...rest } = value;
  if (typeof $ref === 'string') {
    if (seen.has($ref)) return [];
    const target = at(document, $ref);
    return target === undefined
      ? [`${path}: ${$ref} has no target`]
      : undescribed(document, target, path, seen.add($ref));
  }
  const own = isJson(properties)
    ? Object.entries(properties).flatMap(([name, of]) => [
        ...(isJson(of) && typeof of['description'] === 'string' && of['description'] !== '' ? [] : [`${path}.${name}`]),
        ...undescribed(document, of, `${path}.${name}`, seen),
      ])
    : [];
  return [...own, ...Object.values(rest).flatMap((inner) => undescribed(document, inner, path, seen))];
}

export function checkDocuments(coverage: Coverage, document: Document): void {
  const check = (title: string, path: string, method: string) => {
    const endpoint = document.paths[path]?.[method];
    coverage.table.check(title, 'documented', typeof endpoint?.summary === 'string', () => 'not in the document');
    if (endpoint === undefined) return;
    const parameters = (endpoint.parameters ?? []).map((one) =>
      typeof one['$ref'] === 'string' ? (at(document, one['$ref']) as Json) : one,
    );
    const mute = parameters
      .filter(({ description }) => typeof description !== 'string' || description === '')
      .map(({ name }) => `parameter ${String(name)}`);
    const fields = undescribed(document, [endpoint.requestBody, endpoint.responses], 'body');
    coverage.table.check(
      title,
      'documented',
      mute.length + fields.length === 0,
      () => `not described: ${[...mute, ...fields].join(', ')}`,
    );
    const unknown = [...(coverage.statuses.get(title) ?? [])].filter(
      (status) => !(String(status) in (endpoint.responses ?? {})),
    );
    coverage.table.check(
      title,
      'documented',
      unknown.length === 0,
      () => `it answered ${unknown.join()}, which is not documented`,
    );
  };
  for (const route of routes) check(titleOf(route), BASE + route.path, route.method);
  check(STREAM, `${BASE}/stream`, 'get');
  for (const path of OPEN) check(`GET ${path}`, path, 'get');
}
