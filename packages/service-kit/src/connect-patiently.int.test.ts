import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { natsUrlOf } from '@plantops/fixtures';
import { connectPatiently } from './connect-patiently.ts';

test('a connection that the server leaves without an answer, as during a reload, is tried again', async () => {
  const { hostname, port, username, password } = new URL(natsUrlOf('provisioner'));
  const tries: Socket[] = [];
  const relay = createServer((client) => {
    tries.push(client.on('error', () => {}));
    if (tries.length === 1) return;
    const server = connect(Number(port), hostname).on('error', () => {});
    client.once('close', () => server.destroy());
    client.pipe(server).pipe(client);
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const servers = `127.0.0.1:${(relay.address() as AddressInfo).port}`;
  try {
    const connection = await connectPatiently({ servers, user: username, pass: password, timeout: 300 });
    await connection.close();
    expect(tries).toHaveLength(2);
  } finally {
    for (const client of tries) client.destroy();
    relay.close();
  }
});
