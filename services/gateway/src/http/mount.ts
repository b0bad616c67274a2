import { Problem, roleAllows } from '@plantops/contracts';
import type { Bus, Call } from '@plantops/service-kit';
import type { Express, Request, RequestHandler, Response } from 'express';
import type { Route } from '../routes.ts';
import type { Authenticate } from './authenticate.ts';
import type { LimitRate } from './limit-rate.ts';
import { readExpectedVersion, readInput } from './read-input.ts';

const BASE = '/api/v1/plant-ops';
const DEADLINE_MS = 5_000;

export type Mounting = { readonly bus: Bus; readonly authenticate: Authenticate; readonly limitRate: LimitRate };

/** Answers one operation: its JSON text and, where it is a row, its version. */
export type Answering = (input: Record<string, unknown>, call: Call) => Promise<{ body: string; version?: string | undefined }>;

/** Mounts each route; a path that is there under another method answers 405 and says which ones it offers. */
export const mountRoutes = (
  app: Express,
  routes: readonly Route[],
  mounting: Mounting,
  answerings: ReadonlyMap<Route, Answering>,
): void => {
  for (const route of routes)
    app[route.method](expressPath(route.path), handle(route, mounting, answerings.get(route) ?? passOn(route, mounting.bus)));
  for (const [path, ofPath] of Map.groupBy(routes, (route) => route.path)) {
    const allowed = ofPath.map(({ method }) => method.toUpperCase()).join(', ');
    app.all(expressPath(path), (_request, response) => {
      response.setHeader('Allow', allowed);
      throw new Problem('method_not_allowed', `this resource offers ${allowed}`);
    });
  }
};

/** Most operations are passed on as they are: the owner's bytes go to the client unread. */
const passOn =
  ({ operation }: Route, bus: Bus): Answering =>
  (input, call) =>
    bus.callRaw(operation, JSON.stringify(input), call);

const handle =
  (route: Route, { authenticate, limitRate }: Mounting, answer: Answering): RequestHandler =>
  async (request, response) => {
    const caller = await identify(request, authenticate, limitRate);
    if (!roleAllows(caller.roles, route.operation.role)) throw new Problem('forbidden', `this needs the role ${route.operation.role}`);
    const expectedVersion = readExpectedVersion(request);
    const call: Call = {
      ...caller,
      deadline: Date.now() + DEADLINE_MS,
      traceparent: String(response.locals['traceparent']),
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    };
    const { body, version } = await answer(readInput(request), call);
    send(response, route, body, version);
  };

const identify = async (request: Request, authenticate: Authenticate, limitRate: LimitRate) => {
  try {
    const caller = await authenticate(request.get('authorization'));
    await limitRate.tenant(caller.tenant);
    return caller;
  } catch (error) {
    if (error instanceof Problem && error.code === 'unauthenticated') await limitRate.address(request.ip ?? '');
    throw error;
  }
};

const send = (response: Response, { method }: Route, body: string, version: string | undefined): void => {
  if (version !== undefined) response.setHeader('ETag', `"${version}"`);
  response.status(method === 'post' ? 201 : 200).setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(body);
};

const expressPath = (path: string): string => BASE + path.replaceAll(/\{(\w+)\}/g, ':$1');
