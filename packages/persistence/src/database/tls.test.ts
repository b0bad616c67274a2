import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Database } from './database.ts';

/** What a client sends first to ask PostgreSQL for TLS. */
const SSL_REQUEST = '0000000804d2162f';
const silent = { warn: () => {}, info: () => {}, error: () => {} };

/** The first message of each connection. A server that refuses TLS gets nothing more. */
const firstMessages: string[] = [];
const server = createServer((socket) => {
  socket.on('error', () => undefined);
  socket.once('data', (data) => {
    firstMessages.push(data.toString('hex'));
    socket.end('N');
  });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

test.each(['require', 'verify-full'])('with sslmode=%s no connection logs in without TLS', async (mode) => {
  firstMessages.length = 0;
  const url = `postgres://ada:secret@127.0.0.1:${(server.address() as AddressInfo).port}/rows?sslmode=${mode}`;
  await expect(Database.open({ url, entities: [], migrations: [], log: silent })).rejects.toThrow('SSL');
  expect(firstMessages.length).toBeGreaterThan(0);
  expect(new Set(firstMessages)).toEqual(new Set([SSL_REQUEST]));
});
