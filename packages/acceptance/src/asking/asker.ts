/** Sends requests to a gateway as a person of a tenant. Returns unparsed answers. */
import type { Role } from '@plantops/contracts';
import type { ReadyFile } from '@plantops/plant';
import { BASE, requestOf, type Input, type Request, type Route } from './endpoints.ts';

const ANSWERED_WITHIN_MS = 10_000;

export type Answered = { readonly status: number; readonly headers: Headers; readonly text: string };
export type Who = { readonly tenant?: string; readonly role?: Role } | { readonly token: string | undefined };

/** The body of an answer as JSON; undefined when it is not JSON. */
export function bodyOf({ text }: Answered): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export class Asker {
  readonly gatewayUrl: string;
  readonly #tenants: ReadyFile['tenants'];

  constructor({ gateway_url, tenants }: Pick<ReadyFile, 'gateway_url' | 'tenants'>) {
    this.gatewayUrl = gateway_url;
    this.#tenants = tenants;
  }

  /** The same people, at another copy of the gateway. */
  at(gatewayUrl: string): Asker {
    return new Asker({ gateway_url: gatewayUrl, tenants: this.#tenants });
  }

  tokenOf(tenant: string, role: Role): string | undefined {
    return this.#tenants[tenant]?.tokens[role];
  }

  async send({ method, path, headers, body }: Request, who: Who = {}): Promise<Answered> {
    const token = 'token' in who ? who.token : this.tokenOf(who.tenant ?? 'akron', who.role ?? 'admin');
    const response = await fetch(`${this.gatewayUrl}${BASE}${path}`, {
      method,
      headers: { ...headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
    });
    return { status: response.status, headers: response.headers, text: await response.text() };
  }

  ask(route: Route, input: Input, who: Who = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    return this.send(requestOf(route, input, headers), who);
  }
}
