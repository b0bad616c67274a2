/** The gateway alone, with people's tokens. The test answers in place of the other services. */
import { createServer } from 'node:net';
import type { Role } from '@plantops/contracts';
import { ServiceHarness, type Neighbour } from '@plantops/testing';
import { SignJWT } from 'jose';
import { readConfig } from './config.ts';
import { start } from './service.ts';

const SECRET = 'a-secret-for-tests-only-0123456789';

type Claims = {
  role?: Role | 'none';
  tenant?: string;
  secret?: string;
  issuer?: string;
  audience?: string;
  /** A time from now as `1h`, or seconds since 1970. */
  expires?: string | number;
  subject?: string;
  /** Further claims. */
  more?: Record<string, unknown>;
};
/** A token as the identity provider of the plant would issue it, or one with a defect. */
export const tokenOf = ({
  role = 'admin',
  tenant = 'akron',
  secret = SECRET,
  issuer = 'plantops',
  audience = 'plantops-api',
  expires = '1h',
  subject = 'ada',
  more = {},
}: Claims = {}) =>
  new SignJWT({ tenant_id: tenant, roles: [role], ...more })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(subject)
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));

type Sent = { method?: string; body?: unknown; headers?: Record<string, string>; claims?: Claims | null };
export type Received = { status: number; headers: Headers; body: unknown };

export class Gateway {
  readonly url: string;
  readonly #harness: ServiceHarness;

  private constructor(harness: ServiceHarness, url: string) {
    this.#harness = harness;
    this.url = url;
  }

  static async start(neighbours: readonly Neighbour[], more: Record<string, string> = {}): Promise<Gateway> {
    const port = await freePort();
    const env = { PLANTOPS_RATE_LIMIT: 'off', ...more, PLANTOPS_PORT: String(port), PLANTOPS_JWT_SECRET: SECRET };
    return new Gateway(
      await ServiceHarness.start('gateway', start, readConfig, { neighbours, env }),
      `http://127.0.0.1:${port}`,
    );
  }

  /** The gateway's own tables, read as their owner. */
  get rows(): ServiceHarness['rows'] {
    return this.#harness.rows;
  }

  /** Announces an event as its owner would. */
  announce(...args: Parameters<ServiceHarness['announce']>): Promise<string> {
    return this.#harness.announce(...args);
  }

  /** One request under /api/v1/plant-ops. Claims null sends no token; a string body is sent unchanged. */
  async send(path: string, { method = 'GET', body, headers = {}, claims = {} }: Sent = {}): Promise<Received> {
    const token: Record<string, string> = claims === null ? {} : { authorization: `Bearer ${await tokenOf(claims)}` };
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${this.url}/api/v1/plant-ops${path}`, {
      method,
      headers: { ...token, ...type, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? null : (JSON.parse(text) as unknown),
    };
  }

  close(): Promise<void> {
    return this.#harness.close();
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
