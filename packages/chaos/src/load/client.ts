/** Sends a write to one of the gateways, and returns what is known about its outcome. */
import type { Outcome, Request } from './operation.ts';

const TIMEOUT_MS = 7_000;
/** Temporary refusals: the next attempt may succeed. */
const FOR_NOW = new Set(['in_progress', 'too_many_requests', 'unauthenticated']);

export type Sender = { readonly gateways: readonly string[]; readonly token: string };

export async function send({ gateways, token }: Sender, turn: number, request: Request, key: string): Promise<Outcome> {
  try {
    const response = await fetch(`${gateways[turn % gateways.length]}/api/v1/plant-ops${request.path}`, {
      method: request.method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(request.body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const { status } = response;
    if (response.ok) return { outcome: 'ok', status, text };
    const isRefused = status >= 400 && status < 500 && !FOR_NOW.has((JSON.parse(text) as { code: string }).code);
    return isRefused ? { outcome: 'refused', status, text } : { outcome: 'unknown', why: `${status} ${text}` };
  } catch (error) {
    const { cause } = error as { cause?: unknown };
    return { outcome: 'unknown', why: String(cause ?? error) };
  }
}

/** Reads a row or a list from the API. */
export async function get(
  { gateways, token }: Sender,
  path: string,
): Promise<{ status: number; body: Readonly<Record<string, unknown>> }> {
  const response = await fetch(`${gateways[0]}/api/v1/plant-ops${path}`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
