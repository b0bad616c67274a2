/** Requests to the gateway as one tenant's clients send them: a write, lists, and figures of a month. */
import { Agent, request } from 'node:http';
import { iso } from './flooded-plant.ts';

/** Whose requests they are, where to, and over how many connections. */
export type Client = { readonly gateway: string; readonly token: string; readonly line: string; readonly connections: number };
export type Answered = { readonly kind: Kind; readonly status: number; readonly ms: number; readonly saysWhen: boolean };
export type Ask = (n: number, kind?: Kind) => Promise<Answered>;

export const KINDS = ['POST /downtimes', 'GET /downtimes', 'GET /lines/{id}/oee', 'GET /money-leaks/by-category', 'GET /overview'] as const;
export type Kind = (typeof KINDS)[number];
const ANSWER_WITHIN_MS = 20_000;

const asked = (kind: Kind, line: string, n: number): { path: string; body?: string } => {
  const window = `from=${iso(0)}&to=${iso(31 * 86_400_000)}`;
  if (kind === 'GET /downtimes') return { path: `/downtimes?line_id=${line}&limit=50` };
  if (kind === 'GET /lines/{id}/oee') return { path: `/lines/${line}/oee?${window}` };
  if (kind === 'GET /money-leaks/by-category') return { path: `/money-leaks/by-category?${window}` };
  if (kind === 'GET /overview') return { path: '/overview' };
  const stop = { line_id: line, start_time: iso(n * 60_000), end_time: iso(n * 60_000 + 30_000), reason_category: 'mechanical' };
  return { path: '/downtimes', body: JSON.stringify(stop) };
};

/** Asks one thing after the other of every kind, unless told which. A request without an answer counts as one with status 0. */
export const asker = ({ gateway, token, line, connections }: Client): Ask => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return (n, kind: Kind = KINDS[n % KINDS.length] as Kind) => {
    const { path, body } = asked(kind, line, n);
    const began = performance.now();
    return new Promise((resolve) => {
      const answered = (status: number, saysWhen: boolean) => resolve({ kind, status, ms: performance.now() - began, saysWhen });
      const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
      const options = { method: kind.split(' ')[0], agent, headers, timeout: ANSWER_WITHIN_MS };
      const sent = request(`${gateway}/api/v1/plant-ops${path}`, options, (response) => {
        // One that is cut off in the middle has no end.
        response
          .resume()
          .once('close', () => answered(response.complete ? (response.statusCode ?? 0) : 0, response.headers['retry-after'] !== undefined));
      });
      sent.once('timeout', () => sent.destroy(new Error('no answer')));
      sent.once('error', () => answered(0, false)).end(body);
    });
  };
};
