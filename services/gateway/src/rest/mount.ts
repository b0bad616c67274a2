import { Problem, roleAllows } from '@plantops/contracts';
import { decode, type Bus, type Call, type RawAnswer } from '@plantops/service-kit';
import type { Express, Request, RequestHandler, Response } from 'express';
import { methodsOf, type Route } from '../routes.ts';
import type { Answering } from '../fan-out/answering.ts';
import { askAll, ownerOfResource } from '../fan-out/ask-all.ts';
import { mergedList } from '../fan-out/merge.ts';
import { summed } from '../fan-out/sum.ts';
import type { Caller } from '../identity/caller.ts';
import { callerOf, type Identifying } from '../identity/identify.ts';
import { columnsOf } from './csv.ts';
import { bodyReader } from './read-body.ts';
import { hasVersion, isRead, readExpectedVersion, readIdempotencyKey, readInput } from './read-input.ts';
import { sendCsv } from './send-csv.ts';
import type { TakePlace } from '../admission/shed-load.ts';

export const BASE = '/api/v1/plant-ops';
const DEADLINE_MS = 5_000;

export type Mounting = Identifying & { readonly bus: Bus; readonly takePlace: TakePlace };

/** Mounts each route. A known path with another method gets 405 and the list of its methods. */
export const mountRoutes = (app: Express, routes: readonly Route[], mounting: Mounting): void => {
  const rows = new Set(routes.filter(({ method }) => method === 'get').map(({ path }) => path));
  for (const route of routes) {
    const handler = handle(route, mounting, answeringOf(route, mounting.bus), rows.has(`${route.path}/{id}`));
    for (const method of methodsOf(route)) app[method](expressPath(route.path), handler);
  }
  for (const [path, ofPath] of Map.groupBy(routes, (route) => route.path))
    app.all(expressPath(path), refuseOthers(ofPath.flatMap(methodsOf)));
};

/** Answers any other method than these. Where GET is offered, HEAD is too. */
export const refuseOthers = (methods: readonly string[]): RequestHandler => {
  const allowed = methods.map((method) => method.toUpperCase()).join(', ');
  return (_request, response) => {
    response.setHeader('Allow', allowed);
    throw new Problem('method_not_allowed', `this resource offers ${allowed}`);
  };
};

const answeringOf = (route: Route, bus: Bus): Answering => {
  if (route.fanOut === undefined) return passOn(route, bus);
  const { how, operations } = route.fanOut;
  return { merge: mergedList, find: askAll, resource: ownerOfResource, sum: summed }[how](bus, operations);
};

/** Most responses are passed on unchanged: the owner's bytes go to the client. */
const passOn =
  ({ operation }: Route, bus: Bus): Answering =>
  (input, call) =>
    bus.callRaw(operation, JSON.stringify(input), call);

/** `isRow`: what is made here can be read at the path of its id. */
const handle = (route: Route, mounting: Mounting, answer: Answering, isRow: boolean): RequestHandler => {
  const columns = columnsOf(route.operation);
  const readBody = bodyReader(route.operation.input);
  return async (request, response) => {
    const caller = callerOf(response);
    if (!roleAllows(caller.roles, route.operation.role))
      throw new Problem('forbidden', `this needs the role ${route.operation.role}`);
    const hold = mounting.takePlace(caller.tenant, response);
    await readBody(request, response);
    const ask = async (input: Record<string, unknown>): Promise<RawAnswer> => {
      const raw = await answer(input, callOf(caller, request, response));
      hold(raw.body.length);
      return raw;
    };
    const input = readInput(request);
    if (columns !== undefined && request.accepts(['application/json', 'text/csv']) === 'text/csv')
      await sendCsv(request, response, { columns, input, ask: async (page) => decode((await ask(page)).body) });
    else send(request, response, await ask(input), isRow);
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

const send = (request: Request, response: Response, { body, version, isReplayed }: RawAnswer, isRow: boolean): void => {
  if (version !== undefined) response.setHeader('ETag', `"${version}"`);
  if (isReplayed === true) response.setHeader('Idempotency-Replayed', 'true');
  response.vary('Accept');
  if (version !== undefined && isRead(request) && hasVersion(request, version)) return void response.status(304).end();
  const isMade = request.method === 'POST';
  if (isMade && isRow) response.setHeader('Location', `${request.baseUrl}${request.path}/${idOf(body)}`);
  response.status(isMade ? 201 : 200).setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', body.length);
  response.end(body);
};

const idOf = (body: Uint8Array): string => (JSON.parse(decode(body)) as { id: string }).id;

const expressPath = (path: string): string => BASE + path.replaceAll(/\{(\w+)\}/g, ':$1');
