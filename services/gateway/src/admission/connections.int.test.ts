/** The limits of connections, at a whole gateway. */
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/testing';
import { Gateway, tokenOf } from '../gateway-fixture.ts';

let gateway: Gateway;
beforeAll(async () => {
  gateway = await Gateway.start([]);
});
afterAll(() => gateway.close());

test('a connection that does not finish its headers is closed', async () => {
  const { hostname, port } = new URL(gateway.url);
  const client = connect(Number(port), hostname, () => client.write('GET /healthz HTTP/1.1\r\nhost: here\r\nx-slow: '));
  client.resume().on('error', () => undefined);
  await waitFor('the connection to be closed', () => client.closed, 15_000);
});

test('an address has 256 connections: a further one takes the place of its oldest idle one, not of a live stream', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: Infinity, maxFreeSockets: Infinity });
  const ask = (path: string, headers: Record<string, string> = {}) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(`${gateway.url}${path}`, { agent, headers }, resolve).once('error', reject);
    });
  const stream = await ask('/api/v1/plant-ops/stream', { authorization: `Bearer ${await tokenOf()}` });
  const { socket: live } = stream.on('error', () => undefined).resume();
  const asked = Array.from({ length: 255 }, async () => {
    const response = await ask('/healthz');
    const { socket } = response;
    await once(response.resume(), 'end');
    return socket;
  });
  const idle = await Promise.all(asked);
  expect(idle.some(({ closed }) => closed)).toBe(false);
  const { hostname, port } = new URL(gateway.url);
  const next = connect(Number(port), hostname);
  await waitFor('one of them to be closed', () => idle.some(({ closed }) => closed));
  expect([live.closed, next.closed, idle.filter(({ closed }) => closed).length]).toEqual([false, false, 1]);
  next.destroy();
  agent.destroy();
});
