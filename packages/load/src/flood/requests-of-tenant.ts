/** Requests of one tenant's clients to the gateway: a write, lists, and figures of a month. */
import { Agent, request } from 'node:http';
import { iso } from './flooded-plant.ts';

/** The tenant's token and line, the gateway, the number of connections, and the addresses that they come from. */
export type Client = {
  readonly gateway: string;
  readonly token: string;
  readonly line: string;
  readonly connections: number;
  readonly addresses: readonly string[];
};
export type Answered = {
  readonly kind: Kind;
  readonly status: number;
  readonly ms: number;
  readonly saysWhen: boolean;
};
export type Ask = (n: number, kind?: Kind) => Promise<Answered>;

export const KINDS = [
  'POST /downtimes',
  'GET /downtimes',
  'GET /lines/{id}/oee',
  'GET /money-leaks/by-category',
  'GET /overview',
] as const;
export type Kind = (typeof KINDS)[number];
const ANSWER_WITHIN_MS = 20_000;

function asked(kind: Kind, line: string, n: number): { path: string; body?: string } {
  const window = `from=${iso(0)}&to=${iso(31 * 86_400_000)}`;
  if (kind === 'GET /downtimes') return { path: `/downtimes?line_id=${line}&limit=50` };
  if (kind === 'GET /lines/{id}/oee') return { path: `/lines/${line}/oee?${window}` };
  if (kind === 'GET /money-leaks/by-category') return { path: `/money-leaks/by-category?${window}` };
  if (kind === 'GET /overview') return { path: '/overview' };
  const stop = {
    line_id: line,
    start_time: iso(n * 60_000),
    end_time: iso(n * 60_000 + 30_000),
    reason_category: 'mechanical',
  };
  return { path: '/downtimes', body: JSON.stringify(stop) };
}

/** Sends requests of each kind in turn, or of the given kind. A request without an answer has status 0. */
export function asker({ gateway, token, line, connections, addresses }: Client): Ask {
  const maxSockets = Math.ceil(connections / addresses.length);
  const agents = addresses.map((localAddress) => new Agent({ keepAlive: true, maxSockets, localAddress }));
  return (n, kind: Kind = KINDS[n % KINDS.length] as Kind) => {
    const { path, body } = asked(kind, line, n);
    // Not by the number alone: requests of one kind have numbers with the same remainder.
    const agent = agents[Math.floor(n / KINDS.length) % agents.length] as Agent;
    const began = performance.now();
    return new Promise((resolve) => {
      const answered = (status: number, saysWhen: boolean) =>
        resolve({ kind, status, ms: performance.now() - began, saysWhen });
      const headers = {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      };
      const options = { method: kind.split(' ')[0], agent, headers, timeout: ANSWER_WITHIN_MS };
      const sent = request(`${gateway}/api/v1/plant-ops${path}`, options, (response) => {
        // An answer that is cut off has no end.
        response
          .resume()
          .once('close', () =>
            answered(response.complete ? (response.statusCode ?? 0) : 0, response.headers['retry-after'] !== undefined),
          );
      });
      sent.once('timeout', () => sent.destroy(new Error('no answer')));
      sent.once('error', () => answered(0, false)).end(body);
    });
  };
}
