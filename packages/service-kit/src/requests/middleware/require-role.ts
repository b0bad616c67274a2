import { Problem, roleAllows, tenantSlug } from '@plantops/contracts';
import type { Middleware } from './handler.ts';

/** Checks tenant and role a second time, after the gateway. */
export const requireRole: Middleware = (next) => async (request) => {
  const { call, operation } = request;
  if (!tenantSlug.safeParse(call.tenant).success) throw new Problem('unauthenticated', 'the request names no tenant');
  if (!roleAllows(call.roles, operation.role))
    throw new Problem('forbidden', `${operation.service}.${operation.name} needs the role ${operation.role}`);
  return next(request);
};
