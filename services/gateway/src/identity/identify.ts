import { Problem } from '@plantops/contracts';
import type { Request } from 'express';
import type { LimitRate } from '../admission/limit-rate.ts';
import type { Authenticate, Caller } from './authenticate.ts';

export type Identifying = { readonly authenticate: Authenticate; readonly limitRate: LimitRate };

/**
 * Identifies the caller within the limits of the tenant. Requests without a valid token or key are limited by
 * address.
 */
export async function identify(request: Request, { authenticate, limitRate }: Identifying): Promise<Caller> {
  try {
    const caller = await authenticate(request);
    await limitRate.tenant(caller.tenant);
    return caller;
  } catch (error) {
    if (error instanceof Problem && error.code === 'unauthenticated') await limitRate.address(request.ip ?? '');
    throw error;
  }
}
