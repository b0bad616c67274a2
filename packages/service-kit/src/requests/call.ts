/** The context of a request: actor, tenant, deadline. It is sent in headers, never in the body. */
import { Problem, type Role, roles as allRoles } from '@plantops/contracts';
import { headers as createHeaders, type MsgHdrs } from 'nats';
import { traceparentOf } from './trace.ts';

export type Call = Readonly<{
  tenant: string;
  actor: string;
  roles: readonly Role[];
  /** Epoch milliseconds after which the client no longer waits for the answer. */
  deadline: number;
  traceparent: string;
  /** The version that the client last saw (If-Match). */
  expectedVersion?: number;
  /** Idempotency-Key: a request that is repeated with it takes effect once. */
  idempotencyKey?: string;
  /** Set with the key: a hash of the request, to detect another request with the same key. */
  fingerprint?: string;
}>;

export function toHeaders(call: Call): MsgHdrs {
  const headers = createHeaders();
  headers.set('po-tenant', call.tenant);
  headers.set('po-actor', encodeURIComponent(call.actor));
  headers.set('po-roles', call.roles.join(','));
  headers.set('po-deadline', String(call.deadline));
  headers.set('traceparent', call.traceparent);
  if (call.expectedVersion !== undefined) headers.set('po-expected-version', String(call.expectedVersion));
  if (call.idempotencyKey !== undefined) headers.set('po-idempotency-key', encodeURIComponent(call.idempotencyKey));
  return headers;
}

/** A call as its headers say it, and what is wrong with them: then the call is refused. */
export type ReadCall = { readonly call: Call; readonly fault?: Problem };

export function fromHeaders(headers: MsgHdrs | undefined): ReadCall {
  const get = (key: string) => headers?.get(key) ?? '';
  let fault: Problem | undefined;
  const text = (key: string): string => {
    const decoded = decode(get(key));
    if (decoded === undefined) fault = Problem.field(key, 'must be text in percent-encoded UTF-8');
    return decoded ?? '';
  };
  const whole = (key: string): number => {
    const number = get(key) === '' ? 0 : Number(get(key));
    if (Number.isSafeInteger(number) && number >= 0) return number;
    fault = Problem.field(key, 'must be a whole number');
    return 0;
  };
  const [version, key] = [whole('po-expected-version'), text('po-idempotency-key')];
  const call = {
    tenant: get('po-tenant'),
    actor: text('po-actor'),
    roles: allRoles.filter((role) => get('po-roles').split(',').includes(role)),
    deadline: whole('po-deadline'),
    traceparent: traceparentOf(get('traceparent')),
    ...(get('po-expected-version') === '' ? {} : { expectedVersion: version }),
    ...(key === '' ? {} : { idempotencyKey: key }),
  };
  return fault === undefined ? { call } : { call, fault };
}

/** The text, or undefined when it is not well-formed or has a NUL, which PostgreSQL cannot store. */
function decode(encoded: string): string | undefined {
  try {
    const text = decodeURIComponent(encoded);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

/** The context of a call that a service makes for itself, for one tenant, for example while it reacts to an event. */
export const serviceCall = (service: string, tenant: string, traceparent?: string, timeoutMs = 5_000): Call => ({
  tenant,
  actor: `service:${service}`,
  roles: ['viewer'],
  deadline: Date.now() + timeoutMs,
  traceparent: traceparentOf(traceparent),
});
