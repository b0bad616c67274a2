/** What needs no token, and the live stream, which has no operation of its own. */
import { waitFor } from '@plantops/fixtures';
import { BASE } from '../asking/endpoints.ts';
import type { Coverage } from './coverage.ts';
import { OPEN, STREAM } from './applicable.ts';

export const checkOpenEndpoints = async (coverage: Coverage): Promise<void> => {
  for (const path of OPEN) {
    const response = await fetch(coverage.asker.gatewayUrl + path);
    const text = await response.text();
    const isWhole = path.endsWith('.json') ? Object.keys(JSON.parse(text) as object).length > 3 : text.length > 0;
    coverage.table.check(`GET ${path}`, 'works', response.status === 200 && isWhole, () => `${response.status} ${text.slice(0, 200)}`);
  }
};

/** What happens in a tenant is heard there, and nowhere else. */
export const checkStream = async (coverage: Coverage, happen: () => Promise<void>): Promise<void> => {
  const url = `${coverage.asker.gatewayUrl}${BASE}/stream`;
  for (const headers of [{}, { authorization: 'Bearer garbage' }]) {
    const { status } = await fetch(url, { headers });
    coverage.table.check(STREAM, 'refused roles', status === 401, () => `without a good token: ${status}`);
  }
  const closing = new AbortController();
  const [akron, globex] = await Promise.all(['akron', 'globex'].map((tenant) => listen(coverage, url, tenant, closing.signal)));
  if (akron === undefined || globex === undefined) throw new Error('nobody listens');
  await happen();
  const heard = await waitFor('the new plant on the stream', () => akron.text().includes('event: plant.created')).catch(() => false);
  coverage.table.check(STREAM, 'works', heard && akron.status === 200, () => `${akron.status} ${akron.text().slice(0, 300)}`);
  coverage.table.check(STREAM, 'other tenant 404', !globex.text().includes('data:'), () => `globex hears ${globex.text().slice(0, 300)}`);
  closing.abort();
};

type Listening = { readonly status: number; readonly text: () => string };
const listen = async (coverage: Coverage, url: string, tenant: string, signal: AbortSignal): Promise<Listening> => {
  const response = await fetch(url, { headers: { authorization: `Bearer ${coverage.asker.tokenOf(tenant, 'viewer')}` }, signal });
  let text = '';
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
  };
  // It ends when the test has heard enough.
  void read().catch(() => undefined);
  return { status: response.status, text: () => text };
};
