import { Problem, roleAllows, tenantSlug } from '@plantops/contracts';
import type { Middleware } from './handler.ts';

/** The second lock behind the gateway's: no tenant or too small a role goes no further. */
export const requireRole: Middleware = (next) => async (request) => {
  const { call, operation } = request;
  if (!tenantSlug.safeParse(call.tenant).success) throw new Problem('unauthenticated', 'the request names no tenant');
  if (!roleAllows(call.roles, operation.role))
    throw new Problem('forbidden', `${operation.service}.${operation.name} needs the role ${operation.role}`);
  return next(request);
};
