/** Generates values that the schema of a field accepts. */
import fc from 'fast-check';
import type { JsonSchema } from '@plantops/contracts/json-schema';

/** A placeholder for an id that is known only when the request is sent. */
export class RowPick {
  readonly kind: string;
  readonly whose: 'own' | 'other' | 'nobody';
  readonly share: number;
  constructor(kind: string, whose: RowPick['whose'], share: number) {
    this.kind = kind;
    this.whose = whose;
    this.share = share;
  }
}
/** A number in a notation that JSON.stringify does not write. */
export class RawNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Schema = JsonSchema & {
  type?: string | string[];
  enum?: unknown[];
  format?: string;
  pattern?: string;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  items?: Schema;
};
type Named = Readonly<Record<string, JsonSchema>>;

const MINUTE_MS = 60_000;
const DAYS = 40;
/**
 * Mostly instants of the last weeks, to the minute, so that intervals meet; sometimes with another offset, or in the
 * future.
 */
const instants = fc
  .record({
    minutes: fc.integer({ min: -2 * 1440, max: DAYS * 1440 }),
    zone: fc.constantFrom('Z', 'Z', 'Z', '+05:30', '-08:00'),
  })
  .map(({ minutes, zone }) => {
    const at = new Date(Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - minutes * MINUTE_MS).toISOString();
    return at.replace('Z', zone);
  });
const days = instants.map((instant) => instant.slice(0, 10));
/** The id of a row of this kind: mostly of an existing one. */
export const rows = (kind: string) =>
  fc
    .record({ whose: fc.constantFrom(...OWNERS), share: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }) })
    .map(({ whose, share }) => new RowPick(kind, whose, share * share));
const OWNERS: RowPick['whose'][] = [...Array<'own'>(10).fill('own'), 'other', 'other', 'nobody'];

function numbers({ minimum, exclusiveMinimum, maximum = 1e6 }: Schema): fc.Arbitrary<number> {
  const low = minimum ?? exclusiveMinimum ?? -1e6;
  const span = Math.min(maximum - low, 1e6);
  const steps = (decimals: number) =>
    fc
      .integer({ min: exclusiveMinimum === undefined ? 0 : 1, max: Math.floor(span * decimals) })
      .map((step) => Number((low + step / decimals).toFixed(4)));
  return fc.oneof(steps(1), steps(100), fc.constantFrom(low, maximum));
}

function strings({ format, pattern, minLength = 0, maxLength = 200 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') return instants;
  if (format === 'date') return days;
  // The default strings of the generator are printable, which is all that a pattern of excluded characters asks for.
  if (pattern !== undefined && !pattern.startsWith('^[^')) return fc.stringMatching(new RegExp(pattern, 'u'));
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) });
}

/** Values that the schema of a field accepts. `kindOf` returns the kind of rows that a field with an id names. */
export function accepted(
  schema: Schema,
  name: string,
  kindOf: (field: string) => string,
  named: Named,
): fc.Arbitrary<unknown> {
  const within = (inner: Schema, field = name) => accepted(inner, field, kindOf, named);
  if (typeof schema['$ref'] === 'string') return within(named[schema['$ref'].split('/').at(-1) ?? ''] ?? {});
  if (Array.isArray(schema.type))
    return fc.oneof(
      ...schema.type.map((type) => ({ arbitrary: within({ ...schema, type }), weight: type === 'null' ? 1 : 3 })),
    );
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.format === 'uuid') return rows(kindOf(name));
  if (Array.isArray(schema['anyOf'])) return fc.oneof(...(schema['anyOf'] as Schema[]).map((one) => within(one)));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1000, max: Math.min(schema.maximum ?? 1000, 1e6) });
    case 'number':
      return numbers(schema);
    case 'string':
      return strings(schema);
    case 'array':
      return fc.array(within(schema.items ?? {}), { minLength: 0, maxLength: Math.min(schema.maxItems ?? 4, 4) });
    case 'object':
      if (schema.properties === undefined)
        return fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue(), { maxKeys: 4 });
      return fc.record(
        Object.fromEntries(
          Object.entries(schema.properties).map(([field, of]) => [field, within(of as Schema, field)]),
        ),
        {
          requiredKeys: schema.required ?? [],
        },
      );
    default:
      return fc.jsonValue();
  }
}
