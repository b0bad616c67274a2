import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { describeWhere, waitFor } from '@plantops/testing';
import { Connections } from './connections.ts';
import { listen } from './listen.ts';
import { limitUnanswered } from './unanswered.ts';

const HOST = '127.0.0.1';
const REQUEST = 'GET / HTTP/1.1\r\nhost: here\r\n\r\n';
const HALF_OF_A_REQUEST = 'GET / HTTP/1.1\r\nhost: here\r\nx-slow: ';

const clients: Client[] = [];
let stop = async () => {};
afterEach(async () => {
  for (const client of clients.splice(0)) client.end();
  await stop();
});

/** A server that answers each request, or leaves that to the test. */
class Served {
  readonly begun: ServerResponse[] = [];
  port = 0;
  #accepted = 0;

  static async start(connections: Connections, isAnswering = true): Promise<Served> {
    const served = new Served();
    const handle = limitUnanswered((_request, response) => {
      served.begun.push(response);
      if (isAnswering) response.end('answered');
    }, connections);
    const server = createServer(handle);
    served.port = await freePort();
    stop = await listen(server, { port: served.port, host: HOST }, connections);
    server.on('connection', () => (served.#accepted += 1));
    return served;
  }

  /** Connects from a local address and sends the text. The server has accepted or closed the connection then. */
  async connected(sent = '', localAddress = HOST): Promise<Client> {
    const before = this.#accepted;
    const client = new Client(connect({ port: this.port, host: HOST, localAddress }), sent);
    clients.push(client);
    await waitFor('the server to accept it', () => this.#accepted > before);
    return client;
  }
}

class Client {
  readonly #socket: Socket;
  #received = '';
  closed = false;

  constructor(socket: Socket, sent: string) {
    this.#socket = socket;
    socket
      .on('error', () => undefined)
      .on('data', (chunk: Buffer) => (this.#received += chunk.toString()))
      .once('close', () => (this.closed = true))
      .write(sent);
  }

  get isAnswered(): boolean {
    return this.#received.includes('answered');
  }

  end(): void {
    this.#socket.destroy();
  }
}

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, HOST, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
};
const nobody = () => false;

test('beyond the limit the connection that has waited longest without a request is closed, and the new one is served', async () => {
  const served = await Served.start(new Connections(nobody, { all: 3, ofOne: 3 }));
  const waiting = [
    await served.connected(HALF_OF_A_REQUEST),
    await served.connected(HALF_OF_A_REQUEST),
    await served.connected(),
  ];
  const next = await served.connected(REQUEST);
  await waitFor('the answer', () => next.isAnswered && waiting[0]?.closed);
  expect(waiting.map(({ closed }) => closed)).toEqual([true, false, false]);
});

test('connections that do not send a request go before those that are idle between two; new ones go after them', async () => {
  let now = 0;
  const served = await Served.start(new Connections(nobody, { all: 3, ofOne: 3 }, () => now));
  const idle = [await served.connected(REQUEST), await served.connected(REQUEST)];
  await waitFor('the first answers', () => idle.every(({ isAnswered }) => isAnswered));
  const silent = await served.connected();
  // They come at the same time, so the silent one may be about to send its request.
  await served.connected();
  await waitFor('an idle one to be closed', () => idle[0]?.closed);
  expect(silent.closed).toBe(false);
  now = 1_000;
  await served.connected();
  await waitFor('the silent one to be closed', () => silent.closed);
  expect(idle[1]?.closed).toBe(false);
});

test('a connection with a request in progress keeps its place; while all have one, a new connection is closed', async () => {
  const connections = new Connections(nobody, { all: 2, ofOne: 2 });
  const served = await Served.start(connections, false);
  const [first, second] = [await served.connected(REQUEST), await served.connected(REQUEST)];
  await waitFor('both requests', () => served.begun.length === 2);
  const refused = await served.connected(REQUEST);
  await waitFor('the new one to be closed', () => refused.closed);
  served.begun[0]?.end('answered');
  await waitFor('the answer', () => first.isAnswered);
  await served.connected(REQUEST);
  await waitFor('its request', () => served.begun.length === 3);
  expect([first.closed, second.closed, connections.open]).toEqual([true, false, 2]);
});

test('a connection that ends makes room', async () => {
  const connections = new Connections(nobody, { all: 2, ofOne: 2 });
  const served = await Served.start(connections);
  const [first, second] = [await served.connected(), await served.connected()];
  first.end();
  await waitFor('its end', () => connections.open === 1);
  await served.connected();
  expect([second.closed, connections.open]).toEqual([false, 2]);
});

const reason = 'only Linux lets a client use any loopback address';
describeWhere(
  describe,
  process.platform === 'linux',
  reason,
)('the share of an address', () => {
  test('one address with half-open connections leaves room for another, and loses its own oldest ones', async () => {
    const connections = new Connections(nobody, { all: 32, ofOne: 8 });
    const served = await Served.start(connections);
    const other = await served.connected('', '127.0.0.3');
    const half: Client[] = [];
    for (let n = 0; n < 40; n += 1) half.push(await served.connected(HALF_OF_A_REQUEST, '127.0.0.2'));
    expect(connections.open).toBe(1 + 8);
    await waitFor('the older ones to be closed', () => half.filter(({ closed }) => closed).length === 32);
    expect(half.slice(32).some(({ closed }) => closed)).toBe(false);
    const next = await served.connected(REQUEST);
    await waitFor('the answer', () => next.isAnswered);
    expect(other.closed).toBe(false);
  });

  test('a proxy has no share: it carries the requests of all', async () => {
    const connections = new Connections((address) => address === '127.0.0.2', { all: 8, ofOne: 2 });
    const served = await Served.start(connections);
    for (let n = 0; n < 6; n += 1) await served.connected('', '127.0.0.2');
    for (let n = 0; n < 4; n += 1) await served.connected('', '127.0.0.3');
    expect(connections.open).toBe(6 + 2);
  });
});
