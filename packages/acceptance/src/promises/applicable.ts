/** The guarantees of each endpoint, derived from its contract. */
import { roles } from '@plantops/contracts';
import { z } from 'zod';
import { fieldsOf, isWrite, paramsOf, routes, titleOf, type Route } from '../asking/endpoints.ts';
import { schemasOf } from '../asking/schemas.ts';
import type { Column } from './coverage-table.ts';

/** The parameters for pages. */
const PAGING = new Set(['limit', 'cursor', 'sort']);
export const STREAM = 'GET /stream';
export const OPEN = ['/openapi.json', '/asyncapi.json', '/docs', '/healthz', '/readyz'];

/** The fields of a query that are neither in its path nor for pages. */
export const filtersOf = (route: Route): string[] =>
  Object.keys(fieldsOf(route.operation)).filter((name) => !paramsOf(route).includes(name) && !PAGING.has(name));

/** The fields of a list's rows, in order; undefined when it is not a list. */
export function rowFieldsOf({ operation: { output } }: Route): string[] | undefined {
  if (!(output instanceof z.ZodObject)) return undefined;
  const { items, next_cursor, total } = output.shape as Record<string, z.ZodType>;
  if (!(items instanceof z.ZodArray) || next_cursor === undefined || total === undefined) return undefined;
  return items.element instanceof z.ZodObject ? Object.keys(items.element.shape) : undefined;
}

const namesRows = (route: Route): boolean => Object.values(schemasOf(route)).some(({ format }) => format === 'uuid');

function promisesOf(route: Route): Column[] {
  const isList = rowFieldsOf(route) !== undefined;
  return [
    'works',
    ...(!isWrite(route) && (isList || filtersOf(route).length > 0) ? (['filters'] as const) : []),
    'refused roles',
    ...(isList || namesRows(route) ? (['other tenant 404'] as const) : []),
    'bad body 422',
    ...(isWrite(route) ? (['idempotent'] as const) : []),
    ...(route.operation.problems.includes('stale_version') ? (['If-Match'] as const) : []),
    ...(isList ? (['CSV'] as const) : []),
    'documented',
  ];
}

export const promises = (): Map<string, readonly Column[]> =>
  new Map<string, readonly Column[]>([
    ...routes.map((route) => [titleOf(route), promisesOf(route)] as const),
    [STREAM, ['works', 'refused roles', 'other tenant 404', 'documented']],
    ...OPEN.map((path) => [`GET ${path}`, ['works', 'documented']] as const),
  ]);

/** The roles below the one that an operation needs. */
export const rolesBelow = ({ operation }: Route) => roles.slice(0, roles.indexOf(operation.role));
