import { Problem, roleAllows } from '@plantops/contracts';
import { decode, type Bus, type Call } from '@plantops/service-kit';
import type { Express, Request, RequestHandler, Response } from 'express';
import type { Route } from '../routes.ts';
import type { Answering } from '../fan-out/answering.ts';
import { askAll, ownerOfResource } from '../fan-out/ask-all.ts';
import { mergedList } from '../fan-out/merge.ts';
import type { Caller } from '../identity/authenticate.ts';
import { identify, type Identifying } from '../identity/identify.ts';
import { columnsOf, csvOf } from './csv.ts';
import { readBody } from './read-body.ts';
import { readExpectedVersion, readIdempotencyKey, readInput } from './read-input.ts';
import type { TakePlace } from '../admission/shed-load.ts';

export const BASE = '/api/v1/plant-ops';
const DEADLINE_MS = 5_000;

export type Mounting = Identifying & { readonly bus: Bus; readonly takePlace: TakePlace };

/** Mounts each route. A known path with another method gets 405 and the list of its methods. */
export const mountRoutes = (app: Express, routes: readonly Route[], mounting: Mounting): void => {
  for (const route of routes)
    app[route.method](expressPath(route.path), handle(route, mounting, answeringOf(route, mounting.bus)));
  for (const [path, ofPath] of Map.groupBy(routes, (route) => route.path)) {
    const allowed = ofPath.map(({ method }) => method.toUpperCase()).join(', ');
    app.all(expressPath(path), (_request, response) => {
      response.setHeader('Allow', allowed);
      throw new Problem('method_not_allowed', `this resource offers ${allowed}`);
    });
  }
};

const answeringOf = (route: Route, bus: Bus): Answering => {
  if (route.fanOut === undefined) return passOn(route, bus);
  const { how, operations } = route.fanOut;
  return { merge: mergedList, find: askAll, resource: ownerOfResource }[how](bus, operations);
};

/** Most responses are passed on unchanged: the owner's bytes go to the client. */
const passOn =
  ({ operation }: Route, bus: Bus): Answering =>
  (input, call) =>
    bus.callRaw(operation, JSON.stringify(input), call);

const handle = (route: Route, mounting: Mounting, answer: Answering): RequestHandler => {
  const columns = columnsOf(route.operation);
  return async (request, response) => {
    const caller = await identify(request, mounting);
    if (!roleAllows(caller.roles, route.operation.role))
      throw new Problem('forbidden', `this needs the role ${route.operation.role}`);
    const hold = mounting.takePlace(caller.tenant, response);
    await readBody(request, response);
    const { body, version } = await answer(readInput(request), callOf(caller, request, response));
    hold(body.length);
    if (columns !== undefined && request.accepts(['application/json', 'text/csv']) === 'text/csv')
      sendCsv(request, response, columns, decode(body));
    else send(response, route, body, version);
  };
};

const callOf = ({ tenant, actor, roles }: Caller, request: Request, response: Response): Call => {
  const expectedVersion = readExpectedVersion(request);
  const idempotencyKey = readIdempotencyKey(request);
  return {
    tenant,
    actor,
    roles,
    deadline: Date.now() + DEADLINE_MS,
    traceparent: String(response.locals['traceparent']),
    ...(expectedVersion === undefined ? {} : { expectedVersion }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
};

const send = (response: Response, { method }: Route, body: Uint8Array, version: string | undefined): void => {
  if (version !== undefined) response.setHeader('ETag', `"${version}"`);
  response.status(method === 'post' ? 201 : 200).setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Vary', 'Accept');
  response.end(body);
};

/** The page as CSV. The headers have the next page and the number of rows. */
const sendCsv = (request: Request, response: Response, columns: readonly string[], body: string): void => {
  const { text, total, next } = csvOf(columns, body);
  response.status(200).setHeader('Content-Type', 'text/csv; charset=utf-8; header=present');
  response.setHeader('Vary', 'Accept');
  response.setHeader('X-Total-Count', String(total));
  if (next !== null) {
    const query = new URLSearchParams(request.query as Record<string, string>);
    query.set('cursor', next);
    response.setHeader('Link', `<${request.baseUrl}${request.path}?${query.toString()}>; rel="next"`);
  }
  response.end(text);
};

const expressPath = (path: string): string => BASE + path.replaceAll(/\{(\w+)\}/g, ':$1');
