/** Checks endpoints without a token, and the live stream, which is not an operation. */
import { waitFor } from '@plantops/fixtures';
import { BASE } from '../asking/endpoints.ts';
import type { Coverage } from './coverage.ts';
import { OPEN, STREAM } from './applicable.ts';

export async function checkOpenEndpoints(coverage: Coverage): Promise<void> {
  for (const path of OPEN) {
    const response = await fetch(coverage.asker.gatewayUrl + path);
    const text = await response.text();
    const isWhole = path.endsWith('.json') ? Object.keys(JSON.parse(text) as object).length > 3 : text.length > 0;
    coverage.table.check(
      `GET ${path}`,
      'works',
      response.status === 200 && isWhole,
      () => `${response.status} ${text.slice(0, 200)}`,
    );
  }
}

/** Events of a tenant are in its own live stream and in no other. */
export async function checkStream(coverage: Coverage, happen: () => Promise<void>): Promise<void> {
  const url = `${coverage.asker.gatewayUrl}${BASE}/stream`;
  for (const headers of [{}, { authorization: 'Bearer garbage' }]) {
    const { status } = await fetch(url, { headers });
    coverage.table.check(STREAM, 'refused roles', status === 401, () => `without a good token: ${status}`);
  }
  const closing = new AbortController();
  const [akron, globex] = await Promise.all(
    ['akron', 'globex'].map((tenant) => listen(coverage, url, tenant, closing.signal)),
  );
  if (akron === undefined || globex === undefined) throw new Error('the live streams could not be opened');
  await happen();
  const heard = await waitFor('the new plant on the stream', () => akron.text().includes('event: plant.created')).catch(
    () => false,
  );
  coverage.table.check(
    STREAM,
    'works',
    heard && akron.status === 200,
    () => `${akron.status} ${akron.text().slice(0, 300)}`,
  );
  coverage.table.check(
    STREAM,
    'other tenant 404',
    !globex.text().includes('data:'),
    () => `globex gets ${globex.text().slice(0, 300)}`,
  );
  closing.abort();
}

type Listening = { readonly status: number; readonly text: () => string };
async function listen(coverage: Coverage, url: string, tenant: string, signal: AbortSignal): Promise<Listening> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${coverage.asker.tokenOf(tenant, 'viewer')}` },
    signal,
  });
  let text = '';
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) text += decoder.decode(chunk as Uint8Array, { stream: true });
  };
  // The test aborts the stream.
  void read().catch(() => undefined);
  return { status: response.status, text: () => text };
}
