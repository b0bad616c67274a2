/** The context of a request: actor, tenant, deadline. It is sent in headers, never in the body. */
import { type Role, roles as allRoles } from '@plantops/contracts';
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

export function fromHeaders(headers: MsgHdrs | undefined): Call {
  const get = (key: string) => headers?.get(key) ?? '';
  const version = get('po-expected-version');
  const key = decodeURIComponent(get('po-idempotency-key'));
  const call = {
    tenant: get('po-tenant'),
    actor: decodeURIComponent(get('po-actor')),
    roles: allRoles.filter((role) => get('po-roles').split(',').includes(role)),
    deadline: Number(get('po-deadline')) || 0,
    traceparent: traceparentOf(get('traceparent')),
  };
  return {
    ...call,
    ...(version === '' ? {} : { expectedVersion: Number(version) }),
    ...(key === '' ? {} : { idempotencyKey: key }),
  };
}

/** The context of a call that a service makes for itself, for one tenant, for example while it reacts to an event. */
export const serviceCall = (service: string, tenant: string, traceparent?: string, timeoutMs = 5_000): Call => ({
  tenant,
  actor: `service:${service}`,
  roles: ['viewer'],
  deadline: Date.now() + timeoutMs,
  traceparent: traceparentOf(traceparent),
});
