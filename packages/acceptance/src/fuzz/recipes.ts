/** Generated requests, before the ids in them are known: for every operation, from its contract. */
import fc from 'fast-check';
import { roles, type Role } from '@plantops/contracts';
import { exampleOf } from '@plantops/contracts/examples';
import { jsonSchemaOf } from '@plantops/contracts/json-schema';
import { isWrite, paramsOf, routes, type Route } from '../asking/endpoints.ts';
import { cursorsOf, kindNamed } from './row-pool.ts';
import { hostile } from './hostile.ts';
import { accepted, rows } from './values.ts';

export type Recipe = {
  readonly route: Route;
  readonly role: Role | 'guest';
  readonly fields: Readonly<Record<string, unknown>>;
  /** The body, instead of the fields as JSON. */
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** The version in If-Match: the row's, an old one, or none. */
  readonly version: 'current' | 'stale' | 'none';
  /** Sent by this many actors at once; or twice at once by one actor with one Idempotency-Key. */
  readonly writers: 1 | 2 | 6 | 'one twice';
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The values of a field: from its schema, or from the example, because a contract may check more than its schema. */
function fieldsOf(route: Route): Record<string, { arbitrary: fc.Arbitrary<unknown>; isRequired: boolean }> {
  const { operation } = route;
  const { schema, named } = jsonSchemaOf(operation.input, 'input');
  const example = exampleOf(operation)?.input ?? {};
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, of]) => {
      const made =
        name === 'cursor' ? rows(cursorsOf(route)) : accepted(of, name, (field) => kindNamed(route, field), named);
      const shown = example[name];
      const isShown = shown !== undefined && !(typeof shown === 'string' && UUID.test(shown));
      return [
        name,
        {
          arbitrary: isShown ? fc.oneof(made, made, fc.constant(shown)) : made,
          isRequired: schema.required?.includes(name) ?? false,
        },
      ];
    }),
  );
}

/** Valid fields; in half of the requests one or two invalid ones, an extra one, or a missing one. */
function inputsOf(route: Route): fc.Arbitrary<Record<string, unknown>> {
  const fields = fieldsOf(route);
  const names = Object.keys(fields);
  const params = paramsOf(route);
  const required = names.filter((name) => fields[name]?.isRequired);
  const optional = names.filter((name) => !required.includes(name));
  const good = fc
    .record({
      all: fc.record(Object.fromEntries(names.map((name) => [name, fields[name]?.arbitrary as fc.Arbitrary<unknown>]))),
      chosen: fc.subarray(optional, { maxLength: Math.min(optional.length, 5) }),
    })
    .map(({ all, chosen }): Record<string, unknown> =>
      Object.fromEntries([...required, ...chosen].map((name) => [name, all[name]])),
    );
  const wrong = fc.record({
    names: fc.subarray(names, { minLength: Math.min(1, names.length), maxLength: Math.min(2, names.length) }),
    values: fc.array(hostile, { minLength: 2, maxLength: 2 }),
  });
  const droppable = required.filter((name) => !params.includes(name));
  return fc.oneof(
    { arbitrary: good, weight: 7 },
    {
      arbitrary: fc.tuple(good, wrong).map(([input, { names: spoilt, values }]) => ({
        ...input,
        ...Object.fromEntries(spoilt.map((name, index) => [name, values[index]])),
      })),
      weight: 4,
    },
    {
      arbitrary: fc
        .tuple(good, fc.constantFrom('colour', 'tenant_id', 'version', 'constructor', 'é', ''), hostile)
        .map(([input, name, value]) => ({ ...input, [name]: value })),
      weight: 1,
    },
    ...(droppable.length === 0
      ? []
      : [
          {
            arbitrary: fc
              .tuple(good, fc.constantFrom(...droppable))
              .map(([{ ...input }, name]) => (delete input[name], input)),
            weight: 1,
          },
        ]),
  );
}

/** Mostly roles that are allowed, sometimes any role. */
const rolesFor = ({ operation }: Route): fc.Arbitrary<Recipe['role']> =>
  fc.oneof(
    { arbitrary: fc.constantFrom<Role>(operation.role, 'admin'), weight: 6 },
    { arbitrary: fc.constantFrom(...roles, 'guest' as const), weight: 1 },
  );

/** Sometimes another value than the usual one. */
const odd = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight: 12 }, { arbitrary: fc.constantFrom(...others), weight: 1 });
const NO_BODY: string | undefined = undefined;
const ODD_BODIES = [
  '[]',
  '"text"',
  'null',
  '42',
  '{',
  '{"a":1,}',
  '{"__proto__":{}}',
  '\u0000',
  ' ',
  '{"a":'.repeat(50_000),
  `{"name":"${'x'.repeat(200_000)}"}`,
  '{"id":"1","id":"2"}',
];

function recipesOf(route: Route): fc.Arbitrary<Recipe> {
  const write = isWrite(route);
  return fc.record({
    route: fc.constant(route),
    role: rolesFor(route),
    fields: inputsOf(route),
    body: write ? odd(NO_BODY, ...ODD_BODIES) : fc.constant(NO_BODY),
    headers: odd<Record<string, string>>(
      {},
      { accept: 'text/csv' },
      { 'if-match': 'W/"1"' },
      { 'if-match': '*' },
      { 'idempotency-key': 'ä ö'.normalize('NFC') },
      { 'content-type': 'text/plain' },
      { traceparent: '00-zz' },
    ),
    version: write
      ? fc.constantFrom<Recipe['version'][]>('none', 'none', 'none', 'current', 'stale')
      : fc.constant<Recipe['version']>('none'),
    writers: write
      ? fc.constantFrom<Recipe['writers'][]>(1, 1, 1, 1, 1, 1, 1, 2, 6, 'one twice')
      : fc.constant<Recipe['writers']>(1),
  });
}

/** The same seed gives the same recipes. */
export const recipes = (seed: number, count: number): Recipe[] =>
  fc.sample(fc.oneof(...routes.map(recipesOf)), { seed, numRuns: count });
