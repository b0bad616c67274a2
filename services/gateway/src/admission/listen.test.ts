import { createServer } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/testing';
import { Connections } from './connections.ts';
import { listen } from './listen.ts';

const HOST = '127.0.0.1';
const clients: Socket[] = [];
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await Promise.all(closers.splice(0).map((close) => close()));
});

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
};

test('hundreds of clients that connect at once do not delay the next one by as many turns of the event loop', async () => {
  const server = createServer();
  const port = await freePort();
  closers.push(await listen(server, { port, host: HOST }, new Connections()));
  const turns = new Set<number>();
  let [turn, accepted] = [0, 0];
  server.on('connection', () => {
    turns.add(turn);
    accepted += 1;
  });
  const next = () => {
    turn += 1;
    if (accepted < 400) setImmediate(next);
  };
  next();
  for (let n = 0; n < 400; n += 1) clients.push(connect(port, HOST));
  await waitFor('all of them', () => accepted === 400);
  // Other operating systems do not spread connections over sockets that share a port.
  expect(turns.size).toBeLessThanOrEqual(process.platform === 'linux' ? 200 : 400);
});

test('a port that is in use is refused, also when another gateway uses it', async () => {
  const port = await freePort();
  closers.push(await listen(createServer(), { port, host: HOST }, new Connections()));
  await expect(listen(createServer(), { port, host: HOST }, new Connections())).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

test('closing waits for responses in progress, on every socket', async () => {
  const port = await freePort();
  const server = createServer((_request, response) => void setTimeout(() => response.end('answered'), 1_500));
  const close = await listen(server, { port, host: HOST }, new Connections());
  const asked = Array.from({ length: 40 }, () => fetch(`http://${HOST}:${port}`).then((answer) => answer.text()));
  let received = 0;
  server.on('request', () => (received += 1));
  await waitFor('all requests', () => received === 40);
  await close();
  expect(await Promise.all(asked)).toEqual(Array.from({ length: 40 }, () => 'answered'));
});
