/** Makes requests from the gateway's routes and inputs. */
import type { Operation } from '@plantops/contracts';
import { z } from 'zod';
import { routes, type Route } from '@plantops/gateway/routes';

export { routes, type Route };
export const BASE = '/api/v1/plant-ops';

export type Input = Readonly<Record<string, unknown>>;
/** A request as it is sent; a body that is text is sent unchanged. */
export type Request = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
};

export const titleOf = ({ method, path }: Route): string => `${method.toUpperCase()} ${path}`;
export const paramsOf = ({ path }: Route): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
export const successOf = ({ method }: Route): number => (method === 'post' ? 201 : 200);
export const isWrite = ({ method }: Route): boolean => method !== 'get';

/** The fields of an operation's input with their schemas. */
export const fieldsOf = ({ input }: Operation): Record<string, z.ZodType> =>
  input instanceof z.ZodObject ? input.shape : {};

export function routeOf(operation: Operation): Route {
  const route = routes.find((one) => one.operation === operation || one.fanOut?.operations.includes(operation));
  if (route === undefined) throw new Error(`no endpoint answers ${operation.subject}`);
  return route;
}

/** Puts the fields of an input into the path, into the query of a query, or into the body of a command. */
export function requestOf(route: Route, input: Input, headers: Readonly<Record<string, string>> = {}): Request {
  const inPath = paramsOf(route);
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const fields = Object.entries(input).filter(([name, value]) => !inPath.includes(name) && value !== undefined);
  const method = route.method.toUpperCase();
  if (isWrite(route)) {
    if (fields.length === 0) return { method, path, headers };
    return {
      method,
      path,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(Object.fromEntries(fields)),
    };
  }
  const query = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return { method, path: query === '' ? path : `${path}?${query}`, headers };
}
