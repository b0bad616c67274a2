import { Problem } from '@plantops/contracts';
import type { Request, RequestHandler, Response } from 'express';
import { SHARES } from '../admission/limits.ts';
import type { LimitRate } from '../admission/limit-rate.ts';
import { networkOf } from '../admission/network.ts';
import { Places } from '../admission/places.ts';
import type { Authenticate, Claimed } from './authenticate.ts';
import type { Caller } from './caller.ts';

export type Identifying = { readonly authenticate: Authenticate; readonly limitRate: LimitRate };
/** The caller of a request, or why it has none. */
type Identified = { readonly caller: Caller } | { readonly refusal: unknown };

/**
 * Stands in front of everything that answers. Identifies the caller and counts the request within the limit of its
 * tenant; a request without a caller within the limit of its address.
 */
export const identifyCallers = ({ authenticate, limitRate }: Identifying): RequestHandler => {
  const first = new Places(SHARES.firstChecks, 'checks of tokens and keys', 'this address');
  const repeated = new Places(SHARES.repeatedChecks, 'checks of keys', 'this tenant');
  const identified = async (request: Request, { known, check }: Claimed): Promise<Identified> => {
    if (known !== undefined) await limitRate.tenant(known.tenant);
    if (check === undefined) return { caller: known };
    if (known !== undefined) return outcomeOf(check(() => repeated.take(known.tenant)));
    const address = networkOf(request.ip ?? '');
    await limitRate.stranger(address);
    const outcome = await outcomeOf(check(() => first.take(address)));
    if ('caller' in outcome) await limitRate.tenant(outcome.caller.tenant);
    else if (isOfNobody(outcome.refusal)) await limitRate.address(address);
    return outcome;
  };
  return async (request, response, next) => {
    response.locals['identified'] = await identified(request, authenticate(request));
    next();
  };
};

const outcomeOf = (check: Promise<Caller>): Promise<Identified> =>
  check.then(
    (caller) => ({ caller }),
    (refusal: unknown) => ({ refusal }),
  );

const isOfNobody = (refusal: unknown): boolean =>
  refusal instanceof Problem && (refusal.code === 'unauthenticated' || refusal.code === 'unknown_tenant');

/** The caller of a request. Throws why it has none. */
export function callerOf(response: Response): Caller {
  const identified = response.locals['identified'] as Identified;
  if ('refusal' in identified) throw identified.refusal;
  return identified.caller;
}
