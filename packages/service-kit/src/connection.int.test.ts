import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { natsUrlOf, waitFor } from '@plantops/fixtures';
import { Connection } from './connection.ts';
import { createLogger } from './process/logger.ts';

const DEADLINE_MS = 5_000;

test('a server that says nothing during the handshake is left soon enough for a read in hand to be asked again', async () => {
  const real = new URL(natsUrlOf('gateway'));
  const sockets: Socket[] = [];
  let isMute = false;
  let muted = 0;
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    if (isMute) {
      isMute = false;
      muted += 1;
      return;
    }
    const upstream = connect(Number(real.port), real.hostname).on('error', () => {});
    sockets.push(upstream);
    socket.pipe(upstream).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(real);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connection = await Connection.open('gateway', url.href, createLogger('test', 'silent'));
  const back = new Promise<void>((resolve) => connection.onReconnect(resolve));
  isMute = true;
  const lostAt = Date.now();
  for (const socket of sockets) socket.destroy();
  await back;
  expect(muted).toBe(1);
  expect(Date.now() - lostAt).toBeLessThan(DEADLINE_MS);
  await connection.nats.close();
  for (const socket of sockets) socket.destroy();
  server.close();
  await waitFor('the server to close', async () => !server.listening);
});
