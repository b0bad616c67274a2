/**
 * What the documents publish as a limit is what the contracts enforce: the value at each limit fits, the one beyond it
 * does not.
 */
import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { documented } from './documented.ts';
import { jsonSchemaOf, type JsonSchema } from './json-schema.ts';

/** Where a value stands: its path, and the whole input or answer around it. */
type Place = { readonly path: readonly (string | number)[]; readonly around: (value: unknown) => unknown };
type Limit = Place & {
  readonly keyword: string;
  readonly fitting: readonly unknown[];
  readonly beyond: readonly unknown[];
  /** The code of the issue that zod reports beyond the limit. */
  readonly code: string;
};
type Rounding = Place & { readonly decimals: number };

const UUID = '01990000-0000-7000-8000-000000000001';
const INSTANT = '2026-03-02T08:00:00.000Z';
const DATE = '2026-03-02';
const ENTITY = '#/components/schemas/';
const WORDS = ['mqtt://x', '$', '1/6', 'x', 'UTC', '06:00'];
/** One of them breaks each pattern. */
const STRANGE = ['\0', '\u0085', '*', '25:00', '1', 'x'.repeat(33), 'x'.repeat(65), ''];
/** Beside their limits these follow a rule that is no limit: a time zone must be one that there is. */
const OWN_RULE = new Set(['timezone']);

/** The next number that is kept: six decimals are, or four, and no more than 64 bits hold. */
const next = (value: number, step: 1 | -1, decimals: number): number =>
  value + step * Math.max(10 ** -decimals, Math.abs(value) * Number.EPSILON);
const matches = (pattern: string) => (value: string) => new RegExp(pattern).test(value);

class Walk {
  readonly #named: Readonly<Record<string, JsonSchema>>;
  constructor(named: Readonly<Record<string, JsonSchema>>) {
    this.#named = named;
  }

  #resolve(schema: JsonSchema): JsonSchema {
    const { $ref, ...rest } = schema;
    return typeof $ref === 'string'
      ? { ...this.#resolve(this.#named[$ref.replace(ENTITY, '')] ?? {}), ...rest }
      : schema;
  }

  #options(schema: JsonSchema): JsonSchema[] {
    return [schema['anyOf'], schema['oneOf']]
      .flatMap((options) => (Array.isArray(options) ? (options as JsonSchema[]) : []))
      .filter(({ type }) => type !== 'null');
  }

  /** The smallest value that fits: required fields alone, one entry in each list that must have one. */
  sample(of: JsonSchema): unknown {
    const schema = this.#resolve(of);
    const [option] = this.#options(schema);
    if (option !== undefined) return this.sample(option);
    if ('const' in schema) return schema['const'];
    if (Array.isArray(schema['enum'])) return schema['enum'][0];
    switch ([schema['type']].flat()[0]) {
      case 'string':
        return this.#text(schema);
      case 'integer':
      case 'number':
        return Math.max(1, Number(schema['minimum'] ?? 1));
      case 'boolean':
        return true;
      case 'array':
        return Array.from({ length: Number(schema['minItems'] ?? 0) }, () =>
          this.sample(schema['items'] as JsonSchema),
        );
      case 'object':
        return Object.fromEntries(
          (schema.required ?? []).map((name) => [name, this.sample(schema.properties?.[name] ?? {})]),
        );
      default:
        return null;
    }
  }

  #text({ format, pattern }: JsonSchema): string {
    if (format === 'uuid') return UUID;
    if (format === 'date-time') return INSTANT;
    if (format === 'date') return DATE;
    return WORDS.findLast((word) => typeof pattern !== 'string' || matches(pattern)(word)) ?? '';
  }

  /** Every limit in a schema and in all that it holds. */
  limits(of: JsonSchema, place: Place): Limit[] {
    return this.#places(of, place).flatMap(({ schema, ...at }) => this.#own(schema, at));
  }

  /** Every number of a schema whose description says that it is rounded. */
  roundings(of: JsonSchema, place: Place): Rounding[] {
    return this.#places(of, place).flatMap(({ schema, ...at }) => {
      const decimals = decimalsOf(schema);
      return decimals === undefined ? [] : [{ ...at, decimals }];
    });
  }

  /** A schema and all that it holds, each with its place. */
  #places(of: JsonSchema, place: Place): (Place & { readonly schema: JsonSchema })[] {
    const schema = this.#resolve(of);
    const within = this.#options(schema).flatMap((option) => this.#places(option, place));
    const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
      this.#places(field, {
        path: [...place.path, name],
        around: (value) => place.around({ ...(this.sample({ ...schema, $ref: undefined }) as object), [name]: value }),
      }),
    );
    const items =
      schema['items'] === undefined
        ? []
        : this.#places(schema['items'] as JsonSchema, {
            path: [...place.path, 0],
            around: (value) => place.around([value]),
          });
    return [{ schema, ...place }, ...within, ...fields, ...items];
  }

  #own(schema: JsonSchema, place: Place): Limit[] {
    const { description = '', enum: words, format, pattern } = schema;
    const limit = (keyword: string, code: string, fitting: unknown[], beyond: unknown[]): Limit => ({
      ...place,
      keyword,
      code,
      fitting,
      beyond,
    });
    const step = [schema['type']].flat().includes('integer')
      ? (value: number, by: 1 | -1) => value + by
      : (value: number, by: 1 | -1) => next(value, by, decimalsOf(schema) ?? LEAST_DECIMALS);
    const text = (length: number) => 'x'.repeat(length);
    const list = (length: number) => Array.from({ length }, () => this.sample(schema['items'] as JsonSchema));
    const numbered: Record<string, (most: number) => Limit> = {
      maxLength: (most) => limit('maxLength', 'too_big', [text(most)], [text(most + 1)]),
      minLength: (least) => limit('minLength', 'too_small', [text(least)], [text(least - 1)]),
      maxItems: (most) => limit('maxItems', 'too_big', [list(most)], [list(most + 1)]),
      minItems: (least) => limit('minItems', 'too_small', [list(least)], [list(least - 1)]),
      maximum: (most) => limit('maximum', 'too_big', [most], [step(most, 1)]),
      minimum: (least) => limit('minimum', 'too_small', [least], [step(least, -1)]),
      exclusiveMinimum: (least) => limit('exclusiveMinimum', 'too_small', [least + 1e-6], [least]),
    };
    return [
      ...Object.entries(numbered).flatMap(([keyword, of]) =>
        typeof schema[keyword] === 'number' ? [of(schema[keyword])] : [],
      ),
      ...(typeof pattern === 'string'
        ? [
            limit(
              'pattern',
              'invalid_format',
              [this.sample(schema)],
              STRANGE.filter((value) => !matches(pattern)(value)).slice(0, 1),
            ),
          ]
        : []),
      ...(Array.isArray(words) ? [limit('enum', 'invalid_value', words as unknown[], ['none of these'])] : []),
      ...(typeof format === 'string' ? [limit('format', 'invalid_format', [this.sample(schema)], ['x'])] : []),
      ...this.#propertyNames(schema, place),
      ...ruleIn(String(description)).map(([keyword, fitting, beyond]) => limit(keyword, 'custom', fitting, beyond)),
    ];
  }

  #propertyNames({ propertyNames }: JsonSchema, { path, around }: Place): Limit[] {
    const most = (propertyNames as JsonSchema | undefined)?.['maxLength'];
    if (typeof most !== 'number') return [];
    const [fitting, beyond] = ['x'.repeat(most), 'x'.repeat(most + 1)] as const;
    return [
      {
        path: [...path, beyond],
        around,
        keyword: 'propertyNames.maxLength',
        code: 'invalid_key',
        fitting: [{ [fitting]: 1 }],
        beyond: [{ [beyond]: 1 }],
      },
    ];
  }
}

/** To how many decimals a number is rounded, as its description says; an answer does not say it. */
function decimalsOf({ description = '' }: JsonSchema): number | undefined {
  const [, decimals] = /Rounded to (\d+) decimals\./.exec(String(description)) ?? [];
  return decimals === undefined ? undefined : Number(decimals);
}
const LEAST_DECIMALS = 4;

/** The limits that descriptions publish, since no keyword can. */
function ruleIn(description: string): [keyword: string, fitting: unknown[], beyond: unknown[]][] {
  const number = (pattern: RegExp) =>
    pattern
      .exec(description)
      ?.slice(1)
      .map((digits) => Number(digits.replaceAll(',', ''))) ?? [];
  const [characters] = number(/At most ([\d,]+) characters of JSON/);
  const [earliest, latest] = number(/Between the years (\d+) and (\d+)\./);
  const document = (length: number) => ({ x: 'x'.repeat(length - '{"x":""}'.length) });
  return [
    ...(characters === undefined
      ? []
      : [
          ['JSON', [document(characters)], [document(characters + 1), { x: '\0' }]] satisfies ReturnType<
            typeof ruleIn
          >[number],
        ]),
    ...(earliest === undefined || latest === undefined
      ? []
      : [
          [
            'years',
            [`${earliest}-01-01T00:00:00Z`, `${latest}-12-31T23:59:59.999Z`],
            [`${earliest - 1}-12-31T23:59:59.999Z`, `${latest + 1}-01-01T00:00:00Z`],
          ] satisfies ReturnType<typeof ruleIn>[number],
        ]),
  ];
}

const WHOLE: Place = { path: [], around: (value) => value };
const limitsOf = (schema: z.ZodType, io: 'input' | 'output'): Limit[] => {
  const { schema: root, named } = jsonSchemaOf(schema, io);
  return new Walk(named).limits(root, WHOLE);
};
const roundingsOf = (schema: z.ZodType, io: 'input' | 'output'): Rounding[] => {
  const { schema: root, named } = jsonSchemaOf(schema, io);
  return new Walk(named).roundings(root, WHOLE);
};
/** The codes of the issues of a value at its own path; of a value that may be of several types, those of each type. */
const issuesAt = (schema: z.ZodType, { path, around }: Place, value: unknown): string[] =>
  (schema.safeParse(around(value)).error?.issues ?? []).flatMap((issue) => {
    if (issue.path.join('.') !== path.join('.')) return [];
    const ofTypes = issue.code === 'invalid_union' ? issue.errors.flat() : [];
    return [issue.code, ...ofTypes.map(({ code }) => code)];
  });

describe('limits', () => {
  test.each(documented.map(({ title, ...of }) => [title, of] as const))(
    'that %s publishes are enforced, to the digit',
    (_title, of) => {
      for (const limit of limitsOf(of.schema, of.io)) {
        const { path, keyword, fitting, beyond, code } = limit;
        const name = `${path.join('.').slice(0, 80)} ${keyword}`;
        if (!OWN_RULE.has(String(path.at(-1)))) {
          for (const value of fitting) expect([name, issuesAt(of.schema, limit, value)]).toEqual([name, []]);
        }
        expect([name, beyond.length]).not.toEqual([name, 0]);
        for (const value of beyond)
          expect([name, issuesAt(of.schema, limit, value)]).toEqual([name, expect.arrayContaining([code])]);
      }
    },
  );

  test('hold after rounding: a number that publishes its decimals is read with as many', () => {
    const all = documented.flatMap(({ schema, io }) =>
      roundingsOf(schema, io).map((rounding) => ({ schema, rounding })),
    );
    for (const { schema, rounding } of all) {
      const { path, around, decimals } = rounding;
      const [noise, kept] = [0.1 + 10 ** -decimals + 10 ** -decimals / 3, Number((0.1 + 10 ** -decimals).toFixed(6))];
      const read: unknown = schema.safeParse(around(noise)).data;
      const at = path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], read);
      expect([path, at]).toEqual([path, kept]);
    }
    expect(all.length).toBeGreaterThan(30);
  });

  test('of every kind are among those that are checked', () => {
    const all = documented.flatMap(({ schema, io }) => limitsOf(schema, io));
    const kinds = Map.groupBy(all, ({ keyword }) => keyword);
    expect([...kinds.keys()].sort()).toEqual(
      [
        'JSON',
        'enum',
        'exclusiveMinimum',
        'format',
        'maxItems',
        'maxLength',
        'maximum',
        'minItems',
        'minLength',
        'minimum',
        'pattern',
        'propertyNames.maxLength',
        'years',
      ].sort(),
    );
    expect(all.length).toBeGreaterThan(2_000);
  });
});
