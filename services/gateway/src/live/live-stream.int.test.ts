import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { downtimeStarted, lineCreated } from '@plantops/contracts';
import { aLine, aStop, rowId, waitFor } from '@plantops/testing';
import { Gateway, tokenOf } from '../gateway-fixture.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await Gateway.start([]);
});
afterAll(() => gateway.close());

/** A listening browser. */
class Listener {
  readonly #aborter = new AbortController();
  text = '';
  ended = false;
  status = 0;

  static async open(
    headers: Record<string, string> = {},
    claims: Parameters<typeof tokenOf>[0] = {},
  ): Promise<Listener> {
    const listener = new Listener();
    const response = await fetch(`${gateway.url}/api/v1/plant-ops/stream`, {
      headers: { authorization: `Bearer ${await tokenOf({ role: 'viewer', ...claims })}`, ...headers },
      signal: listener.#aborter.signal,
    });
    listener.status = response.status;
    void listener.#read(response).catch(() => (listener.ended = true));
    return listener;
  }

  async #read(response: Response): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      this.text += decoder.decode(chunk, { stream: true });
    this.ended = true;
  }

  /** The events received so far: their ids, types and rows. */
  get events(): { id: string; type: string; row: string }[] {
    return [...this.text.matchAll(/id: (\S+)\nevent: (\S+)\ndata: (.+)\n\n/g)].map(
      ([, id = '', type = '', data = '']) => ({
        id,
        type,
        row: (JSON.parse(data) as { subject: string }).subject,
      }),
    );
  }

  close(): void {
    this.#aborter.abort();
  }
}
const open: Listener[] = [];
const listen = async (...args: Parameters<typeof Listener.open>): Promise<Listener> => {
  const listener = await Listener.open(...args);
  open.push(listener);
  if (listener.status === 200) await waitFor('the connection', () => listener.text.includes(': connected'));
  return listener;
};
afterEach(() => open.splice(0).forEach((listener) => listener.close()));

const stop = (n: number) => gateway.announce(downtimeStarted, aStop({ id: rowId(n), end_time: null }));

describe('the live stream', () => {
  test('brings every announced event of the tenant, facts and master data, and no event of another tenant', async () => {
    const [mine, theirs] = [await listen(), await listen({}, { tenant: 'globex' })];
    await stop(1);
    await gateway.announce(lineCreated, aLine({ id: rowId(2) }));
    await waitFor('both', () => mine.events.length === 2);
    expect(mine.events.map(({ type, row }) => [type, row]).sort()).toEqual([
      ['downtime.started', rowId(1)],
      ['line.created', rowId(2)],
    ]);
    await gateway.announce(downtimeStarted, aStop({ id: rowId(3), end_time: null }), 'globex');
    await waitFor('theirs', () => theirs.events.length === 1);
    expect(theirs.events[0]?.row).toBe(rowId(3));
    expect(mine.events).toHaveLength(2);
  });

  test('resumes after the last event received: none lost, none twice', async () => {
    const first = await listen();
    await stop(10);
    await waitFor('the first', () => first.events.length === 1);
    first.close();
    for (const n of [11, 12, 13]) await stop(n);
    const second = await listen({ 'last-event-id': first.events[0]?.id as string });
    await stop(14);
    await waitFor('the rest', () => second.events.length === 4);
    expect(second.events.map(({ row }) => row)).toEqual([11, 12, 13, 14].map(rowId));
  });

  test('sends `reset` to a client whose place is unknown', async () => {
    const listener = await listen({ 'last-event-id': '999999-0' });
    await waitFor('the reset', () => listener.text.includes('event: reset'));
    await stop(20);
    await waitFor('what comes now', () => listener.events.length === 1);
  });

  test('needs a viewer, and a valid place', async () => {
    expect((await listen({}, { role: 'none' })).status).toBe(403);
    expect((await listen({}, { secret: 'another-secret-of-32-characters!' })).status).toBe(401);
    expect((await listen({ 'last-event-id': 'yesterday' })).status).toBe(422);
  });

  test('is open at most 50 times for a tenant; another tenant has its own limit', async () => {
    const listeners = await Promise.all(Array.from({ length: 50 }, () => listen()));
    expect(listeners.map(({ status }) => status)).toEqual(listeners.map(() => 200));
    expect((await listen()).status).toBe(429);
    expect((await listen({}, { tenant: 'globex' })).status).toBe(200);
    listeners[0]?.close();
    await waitFor('a free place', async () => (await listen()).status === 200);
  });
});
