import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { downtimeStarted } from '@plantops/contracts';
import { aStop, rowId, waitFor } from '@plantops/testing';
import { Gateway } from '../gateway-fixture.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await Gateway.start([]);
});
afterAll(() => gateway.close());
const closing: AbortController[] = [];
afterEach(() => closing.splice(0).forEach((one) => one.abort()));

type Claims = Parameters<Gateway['send']>[1];
const ask = (options: Claims = {}) => gateway.send('/stream/ticket', { method: 'POST', ...options });
const ticketOf = async (tenant = 'akron') =>
  ((await ask({ claims: { role: 'viewer', tenant } })).body as { ticket: string }).ticket;

/** Opens the stream as EventSource does: with a URL alone. `text` is what came until now. */
async function listen(ticket: string, more: Record<string, string> = {}) {
  const aborter = new AbortController();
  closing.push(aborter);
  const query = new URLSearchParams({ ticket, ...more }).toString();
  const response = await fetch(`${gateway.url}/api/v1/plant-ops/stream?${query}`, { signal: aborter.signal });
  let text = '';
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      text += decoder.decode(chunk, { stream: true });
  };
  void read().catch(() => undefined);
  if (response.status === 200) await waitFor('the connection', () => text.includes(': connected'));
  const ids = () => [...text.matchAll(/id: (\S+)\nevent: downtime.started/g)].map(([, id = '']) => id);
  return { status: response.status, text: () => text, ids, close: () => aborter.abort() };
}
const stop = (n: number, tenant = 'akron') =>
  gateway.announce(downtimeStarted, aStop({ id: rowId(n), end_time: null }), tenant);

describe('a ticket', () => {
  test('opens the live stream of its tenant, once, without a header', async () => {
    const ticket = await ticketOf();
    const [mine, theirs] = [await listen(ticket), await listen(await ticketOf('globex'))];
    expect([mine.status, theirs.status]).toEqual([200, 200]);
    await stop(1);
    await stop(2, 'globex');
    await waitFor('both', () => mine.ids().length === 1 && theirs.ids().length === 1);
    expect([mine.text(), theirs.text()]).toEqual([
      expect.stringContaining(rowId(1)),
      expect.stringContaining(rowId(2)),
    ]);
    expect(mine.text()).not.toContain('globex');
    expect((await listen(ticket)).status).toBe(401);
  });

  test('used by two at once, opens one stream', async () => {
    const ticket = await ticketOf();
    const opened = await Promise.all([listen(ticket), listen(ticket)]);
    expect(opened.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test('goes on after the last event received: none lost', async () => {
    const first = await listen(await ticketOf());
    await stop(10);
    await waitFor('the first', () => first.ids().length === 1);
    first.close();
    await stop(11);
    const second = await listen(await ticketOf(), { last_event_id: first.ids()[0] as string });
    await waitFor('the one between', () => second.text().includes(rowId(11)));
    expect(second.text()).not.toContain(rowId(10));
    const other = await ticketOf();
    expect((await listen(other, { last_event_id: 'yesterday' })).status).toBe(422);
    const twice = `/stream?ticket=${await ticketOf()}&last_event_id=1-0&last_event_id=2-0`;
    expect((await gateway.send(twice, { claims: null })).status).toBe(422);
  });

  test('opens nothing else, and is no token', async () => {
    const ticket = await ticketOf();
    expect((await gateway.send(`/lines?ticket=${ticket}`, { claims: null })).status).toBe(401);
    const headers = { authorization: `Bearer ${ticket}` };
    expect((await ask({ claims: null, headers })).status).toBe(401);
    expect((await gateway.send(`/stream/ticket?ticket=${ticket}`, { method: 'POST', claims: null })).status).toBe(401);
    expect((await listen(ticket)).status).toBe(200);
  });

  test('is for viewers with a token or a key, is kept by no cache, and is asked for by POST', async () => {
    const { status, headers, body } = await ask({ claims: { role: 'viewer' } });
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(body).toEqual({ ticket: expect.any(String), expires_at: expect.stringMatching(/^\d{4}-.*Z$/) });
    expect((await ask({ claims: null })).status).toBe(401);
    expect((await ask({ claims: { role: 'none' } })).status).toBe(403);
    expect((await gateway.send('/stream/ticket')).status).toBe(405);
    const key = (await gateway.send('/api-keys', { method: 'POST', body: { name: 'board', role: 'viewer' } })).body as {
      key: string;
    };
    const byKey = await ask({ claims: null, headers: { 'x-api-key': key.key } });
    expect((await listen((byKey.body as { ticket: string }).ticket)).status).toBe(200);
  });
});
