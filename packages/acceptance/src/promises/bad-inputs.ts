/** Inputs with one invalid field each, derived from the schemas. */
import type { JsonSchema } from '@plantops/contracts/json-schema';
import { fieldsOf, isWrite, paramsOf, type Input, type Route } from '../asking/endpoints.ts';
import { schemasOf } from '../asking/schemas.ts';

export type BadInput = { readonly what: string; readonly path: string; readonly input: Input };

const OF_ANOTHER_TYPE = [{ wrong: true }, ['wrong'], 'of another type', 12.5, true];
/** In a path or a query every value is text. */
const OTHER_TEXT = ['of another type', ''];
const TOO_LONG = 'x'.repeat(5_000);
const TOO_EARLY = '1999-12-31T23:59:59Z';

const beyondOf = ({ type, format }: JsonSchema): unknown[] =>
  [type].flat().flatMap((one): unknown[] => {
    if (one === 'number' || one === 'integer') return [1e300, -1e300];
    return one === 'string' ? [format === 'date-time' ? TOO_EARLY : TOO_LONG] : [];
  });

export function badInputs(route: Route, good: Input): BadInput[] {
  const schemas = schemasOf(route);
  const params = paramsOf(route);
  const ofFields = Object.entries(fieldsOf(route.operation)).flatMap(([name, field]): BadInput[] => {
    const inPath = params.includes(name);
    const others = inPath ? OTHER_TEXT.slice(0, 1) : isWrite(route) ? OF_ANOTHER_TYPE : OTHER_TEXT;
    const beyond = inPath ? [] : beyondOf(schemas[name] ?? {});
    return [[`${name} of another type`, others] as const, [`${name} beyond its range`, beyond] as const].flatMap(
      ([what, values]) => {
        const wrong = values.find((value) => !field.safeParse(value).success);
        return wrong === undefined ? [] : [{ what, path: name, input: { ...good, [name]: wrong } }];
      },
    );
  });
  return [{ what: 'an unknown field', path: 'colour', input: { ...good, colour: 'red' } }, ...ofFields];
}
