/** JSON Schema (2020-12) of what is declared, as documents print it: rows that have a name (`meta({ id })`) apart. */
import { z } from 'zod';

export type JsonSchema = { [keyword: string]: unknown; properties?: Record<string, JsonSchema>; required?: string[] };
export type Described = { readonly schema: JsonSchema; readonly named: Readonly<Record<string, JsonSchema>> };
type Io = 'input' | 'output';

/**
 * Free JSON refers to itself, by a number that zod gives it. Documents show it as an empty schema, which allows
 * anything.
 */
const FREE_JSON = /^(?:#\/\$defs\/)?__schema\d+$/;

const override = ({
  zodSchema,
  jsonSchema,
}: {
  zodSchema: z.core.$ZodType;
  jsonSchema: z.core.JSONSchema.BaseSchema;
}): void => {
  // zod loses the default of a number in a query, because it passes through text.
  if (zodSchema instanceof z.ZodDefault) jsonSchema.default = zodSchema.def.defaultValue;
  // Formats say the same as zod's patterns, in words.
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // An answer may have more fields one day: clients must not count on its having no others.
  if (zodSchema instanceof z.ZodObject && zodSchema.def.catchall === undefined) delete jsonSchema.additionalProperties;
};

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Keywords whose values are data or lists of names, and no schemas. */
const DATA: ReadonlySet<string> = new Set(['default', 'enum', 'const', 'required', 'type']);

/**
 * `anyOf: [{ type: 'string', … }, { type: 'null' }]` means the same as `type: ['string', 'null']`, which tools show
 * better. If that is not possible, the description is at least moved to the field itself.
 */
function nullable(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  const [of, none, ...more] = Array.isArray(anyOf) ? (anyOf as JsonSchema[]) : [];
  // Anything at all is null as well.
  if (of !== undefined && Object.keys(of).length === 0) return rest;
  if (of === undefined || more.length > 0 || none?.['type'] !== 'null') return schema;
  if (typeof of['type'] === 'string' && of['enum'] === undefined) return { ...of, ...rest, type: [of['type'], 'null'] };
  const { description, ...plain } = of;
  return description === undefined ? schema : { description, ...rest, anyOf: [plain, none] };
}

/** A rule that no keyword can say is part of the description of what a caller sends. */
function withRule({ rule, description, ...rest }: JsonSchema, io: Io): JsonSchema {
  const sentences = [description, io === 'input' ? rule : undefined].filter((sentence) => typeof sentence === 'string');
  return sentences.length === 0 ? rest : { ...rest, description: sentences.join(' ') };
}

/** Where OpenAPI and AsyncAPI documents keep named schemas. */
const HOME = '#/components/schemas/';

/** Points references to where documents keep named schemas, and puts each description where readers look for it. */
function finish(schema: JsonSchema, io: Io): JsonSchema {
  const within = (value: unknown): unknown =>
    Array.isArray(value) ? value.map(within) : isSchema(value) ? finish(value, io) : value;
  const finished = ([keyword, value]: [string, unknown]): [string, unknown] => {
    if (keyword === '$ref')
      return [keyword, String(value).replace(/^#\/\$defs\/(.+)$/, (_, name: string) => HOME + name)];
    if (keyword !== 'properties') return [keyword, DATA.has(keyword) ? value : within(value)];
    const fields = Object.entries(value as Record<string, JsonSchema>);
    return [keyword, Object.fromEntries(fields.map(([field, of]) => [field, finish(of, io)]))];
  };
  const { $ref, ...anything } = schema;
  const known = FREE_JSON.test(String($ref)) ? anything : schema;
  return nullable(withRule(Object.fromEntries(Object.entries(known).map(finished)), io));
}

/** The schema as a caller sends it (`input`) or gets it (`output`). */
export function jsonSchemaOf(schema: z.ZodType, io: Io): Described {
  const { $schema: _, $defs = {}, ...root } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override });
  const named = Object.entries($defs)
    .filter(([name]) => !FREE_JSON.test(name))
    .map(([name, of]) => [name, finish(of as JsonSchema, io)]);
  return { schema: finish(root as JsonSchema, io), named: Object.fromEntries(named) as Record<string, JsonSchema> };
}
