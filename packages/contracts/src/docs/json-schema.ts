/** JSON Schema (2020-12) of what is declared, as documents print it: named rows apart, every field with its meaning. */
import { z } from 'zod';
import { schemaNames } from './declared.ts';
import { meaningOf } from './glossary.ts';
import { instant } from '../values.ts';

export type JsonSchema = { [keyword: string]: unknown; properties?: Record<string, JsonSchema>; required?: string[] };
export type Described = { readonly schema: JsonSchema; readonly named: Readonly<Record<string, JsonSchema>> };

const names = z.registry<{ id: string }>();
for (const [schema, id] of schemaNames) names.add(schema, { id });

/** Free JSON refers to itself, under a number that zod gives it; that it may be anything is said more simply. */
const FREE_JSON = /^(?:#\/\$defs\/)?__schema\d+$/;

const override = ({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  // The transformation that brings an instant to UTC has no JSON Schema; what comes out of it has.
  if (zodSchema === instant) Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
  // What a number in a query is when it is left out gets lost on the way through text.
  if (zodSchema instanceof z.ZodDefault) jsonSchema.default = zodSchema.def.defaultValue;
  // Formats say the same as zod's patterns, in words.
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // An answer may have more fields one day: nobody may count on its having no others.
  if (zodSchema instanceof z.ZodObject && zodSchema.def.catchall === undefined) delete jsonSchema.additionalProperties;
};

const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);
/** Keywords whose values are data or lists of names, and no schemas. */
const DATA: ReadonlySet<string> = new Set(['default', 'enum', 'const', 'required', 'type']);

/** `anyOf: [{ type: 'string', … }, { type: 'null' }]` says no more than `type: ['string', 'null']`, which tools show better. */
const nullable = (schema: JsonSchema): JsonSchema => {
  const { anyOf, ...rest } = schema;
  const [of, none, ...more] = Array.isArray(anyOf) ? (anyOf as JsonSchema[]) : [];
  // Anything at all is null as well.
  if (of !== undefined && Object.keys(of).length === 0) return rest;
  if (more.length > 0 || none?.['type'] !== 'null' || typeof of?.['type'] !== 'string' || of['enum'] !== undefined) return schema;
  return { ...of, ...rest, type: [of['type'], 'null'] };
};

/** Where OpenAPI and AsyncAPI documents keep named schemas. */
const HOME = '#/components/schemas/';

/** Points references to where documents keep named schemas, and says of each property what it means. */
const finish = (schema: JsonSchema, owner: string): JsonSchema => {
  const within = (value: unknown): unknown => (Array.isArray(value) ? value.map(within) : isSchema(value) ? finish(value, owner) : value);
  if (FREE_JSON.test(String(schema['$ref']))) return {};
  const finished = ([keyword, value]: [string, unknown]): [string, unknown] => {
    if (keyword === '$ref') return [keyword, String(value).replace(/^#\/\$defs\/(.+)$/, (_, name: string) => HOME + name)];
    if (keyword !== 'properties') return [keyword, DATA.has(keyword) ? value : within(value)];
    const described = Object.entries(value as Record<string, JsonSchema>).map(([field, of]) => [
      field,
      { ...finish(of, owner), description: meaningOf(owner, field) },
    ]);
    return [keyword, Object.fromEntries(described)];
  };
  return nullable(Object.fromEntries(Object.entries(schema).map(finished)));
};

/** The schema as a caller sends it (`input`) or gets it (`output`); `owner` is the operation, event or line event it belongs to. */
export const jsonSchemaOf = (schema: z.ZodType, io: 'input' | 'output', owner: string): Described => {
  const { $schema: _, $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: 'any', metadata: names, override });
  const named = Object.entries($defs)
    .filter(([name]) => !FREE_JSON.test(name))
    .map(([name, of]) => [name, finish(of as JsonSchema, name)]);
  return { schema: finish(root as JsonSchema, owner), named: Object.fromEntries(named) as Record<string, JsonSchema> };
};
