/** One route as an OpenAPI operation, generated from its contract. */
import type { Operation } from '@plantops/contracts';
import { operationId } from '@plantops/contracts/declared';
import { exampleOf } from '@plantops/contracts/examples';
import { jsonSchemaOf, type JsonSchema } from '@plantops/contracts/json-schema';
import type { Route } from '../routes.ts';
import { keep, type Components } from './components.ts';
import type { JsonObject } from './json.ts';
import { refusalsOf } from './refusals.ts';
import { tagOf } from './resources.ts';

export type Kept = { readonly schemas: Components; readonly responses: Components<JsonObject> };
/** The input of an operation, field by field. */
type Input = {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: ReadonlySet<string>;
  readonly example: Readonly<Record<string, unknown>>;
};

const without = (fields: object, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

const inputOf = (operation: Operation, schemas: Components): Input => {
  const schema = keep(schemas, jsonSchemaOf(operation.input, 'input'));
  return {
    properties: schema.properties ?? {},
    required: new Set(schema.required),
    example: exampleOf(operation)?.input ?? {},
  };
};

const parameter = (input: Input, where: 'path' | 'query', name: string, optional = false): JsonObject => {
  const { description, ...schema } = input.properties[name] ?? {};
  const required = where === 'path' || (!optional && input.required.has(name));
  const example = input.example[name];
  // The page of the API fills examples in. As an optional filter, the id of a row that is not there would find nothing.
  const isShown = example !== undefined && (required || schema['format'] !== 'uuid');
  return { name, in: where, required, description, schema, ...(isShown ? { example } : {}) };
};

const bodyOf = ({ properties, required, example }: Input, fields: readonly string[], optional: boolean): JsonObject => {
  const needed = fields.filter((name) => required.has(name));
  const others = Object.keys(properties).filter((name) => !fields.includes(name));
  const schema = {
    type: 'object',
    properties: Object.fromEntries(fields.map((name) => [name, properties[name]])),
    ...(needed.length === 0 ? {} : { required: needed }),
    additionalProperties: false,
  };
  return {
    required: !optional && needed.length > 0,
    content: { 'application/json': { schema, example: without(example, others) } },
  };
};

/**
 * Fields that are not in the path are in the query of a GET, or in the body of a command. A DELETE may have its
 * reason in either.
 */
const requestOf = ({ method, path }: Route, input: Input): { parameters: JsonObject[]; requestBody?: JsonObject } => {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  const others = Object.keys(input.properties).filter((name) => !inPath.includes(name));
  const parameters = inPath.map((name) => parameter(input, 'path', name));
  if (method === 'get')
    return { parameters: [...parameters, ...others.map((name) => parameter(input, 'query', name))] };
  if (others.length === 0) return { parameters };
  if (method !== 'delete') return { parameters, requestBody: bodyOf(input, others, false) };
  return {
    parameters: [...parameters, ...others.map((name) => parameter(input, 'query', name, true))],
    requestBody: bodyOf(input, others, true),
  };
};

const propertiesOf = (schema: JsonSchema, schemas: Components): Readonly<Record<string, JsonSchema>> => {
  const name = typeof schema['$ref'] === 'string' ? schema['$ref'].split('/').at(-1) : undefined;
  return (name === undefined ? schema : schemas.toJSON()[name])?.properties ?? {};
};
const LIST = ['items', 'next_cursor', 'total'];
const CSV = {
  schema: { type: 'string', description: 'The same rows, one a line; the first line names their fields.' },
};

const header = (name: string): JsonObject => ({ $ref: `#/components/headers/${name}` });

const answerOf = ({ method, operation }: Route, schema: JsonSchema, fields: ReadonlySet<string>): JsonObject => {
  const example = exampleOf(operation)?.output;
  const headers = {
    ...(fields.has('version') ? { ETag: header('ETag') } : {}),
    ...(method === 'post' && fields.has('id') ? { Location: header('Location') } : {}),
    ...(method === 'get' ? {} : { 'Idempotency-Replayed': header('IdempotencyReplayed') }),
  };
  return {
    description:
      method === 'post' ? 'Done: the result.' : method === 'get' ? 'The answer.' : 'Done: the row as it is now.',
    ...(Object.keys(headers).length === 0 ? {} : { headers }),
    content: {
      'application/json': { schema, ...(example === undefined ? {} : { example }) },
      ...(LIST.every((field) => fields.has(field)) && method === 'get' ? { 'text/csv': CSV } : {}),
    },
  };
};

/** `as` is the method under which it is offered. */
export function endpoint(route: Route, { schemas, responses }: Kept, as: string = route.method): JsonObject {
  const { method, path, operation } = route;
  const { parameters, requestBody } = requestOf(route, inputOf(operation, schemas));
  const schema = keep(schemas, jsonSchemaOf(operation.output, 'output'));
  const fields = new Set(Object.keys(propertiesOf(schema, schemas)));
  const isVersioned = method === 'get' && fields.has('version');
  const headers = [
    ...(isVersioned ? [{ $ref: '#/components/parameters/IfNoneMatch' }] : []),
    ...(method === 'get' ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }]),
    ...(operation.problems.includes('stale_version') ? [{ $ref: '#/components/parameters/IfMatch' }] : []),
  ];
  return {
    operationId: as === method ? operationId(operation) : `${operationId(operation)}By${as}`,
    summary: operation.summary,
    description: `Least role: \`${operation.role}\`.`,
    'x-role': operation.role,
    tags: [tagOf(path)],
    parameters: [...parameters, ...headers],
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: {
      [method === 'post' ? '201' : '200']: answerOf(route, schema, fields),
      ...(isVersioned ? { 304: { description: 'You have this version.', headers: { ETag: header('ETag') } } } : {}),
      ...refusalsOf(route, responses),
    },
  };
}
