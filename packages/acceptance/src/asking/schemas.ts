/** The inputs of endpoints as JSON Schema, field by field. */
import { jsonSchemaOf, type JsonSchema } from '@plantops/contracts/json-schema';
import type { Route } from './endpoints.ts';

const known = new Map<Route, Readonly<Record<string, JsonSchema>>>();

/** The fields with their schemas; a reference at the root of a schema is resolved. */
export function schemasOf(route: Route): Readonly<Record<string, JsonSchema>> {
  const schemas = known.get(route) ?? generated(route);
  known.set(route, schemas);
  return schemas;
}

function generated({ operation }: Route): Record<string, JsonSchema> {
  const { schema, named } = jsonSchemaOf(operation.input, 'input');
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, of]) => [
      name,
      { ...(typeof of['$ref'] === 'string' ? named[of['$ref'].split('/').at(-1) ?? ''] : {}), ...of },
    ]),
  );
}

/** The fields of an input that contain the id of a row. */
export const rowsNamed = (route: Route, input: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(input).filter((name) => schemasOf(route)[name]?.['format'] === 'uuid' && typeof input[name] === 'string');
