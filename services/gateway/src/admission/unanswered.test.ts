import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from '@jest/globals';
import { Connections } from './connections.ts';
import { limitUnanswered } from './unanswered.ts';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/**
 * A connection that sends so many requests at once and reads until it is closed or a time limit. Returns how many
 * requests were started.
 */
const begunOf = async (requests: number): Promise<{ begun: number; answers: number }> => {
  let begun = 0;
  server = createServer(
    limitUnanswered(
      (_request, response) => {
        begun += 1;
        setImmediate(() => response.end('x'));
      },
      new Connections(),
      8,
    ),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = connect((server.address() as { port: number }).port, '127.0.0.1');
  let output = '';
  client.on('data', (chunk: Buffer) => (output += chunk.toString()));
  client.on('error', () => undefined);
  client.write(
    'GET / HTTP/1.1\r\nhost: here\r\n\r\n'.repeat(requests - 1) +
      'GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n',
  );
  await once(client, 'close');
  return { begun, answers: output.split('HTTP/1.1 200').length - 1 };
};

test('a few requests sent at once are answered one after the other', async () => {
  expect(await begunOf(8)).toEqual({ begun: 8, answers: 8 });
});

test('of a thousand requests sent at once no more than the limit are started, and the connection is closed', async () => {
  expect((await begunOf(1_000)).begun).toBe(8);
});
