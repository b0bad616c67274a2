import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { waitFor } from '@plantops/testing';
import type { Response } from 'express';
import { LiveClient } from './live-client.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A browser that listens, and the client object for it in the gateway. */
const connected = async (): Promise<{ browser: IncomingMessage; client: LiveClient; response: ServerResponse }> => {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  const started = createServer((_request, response) => resolve(response));
  server = started;
  await new Promise<void>((listening) => started.listen(0, '127.0.0.1', listening));
  const answered = new Promise<IncomingMessage>((came) =>
    get({ port: (started.address() as AddressInfo).port, host: '127.0.0.1' }, came),
  );
  const response = await promise;
  const client = new LiveClient(response as Response);
  client.open({ events: 1, master: 2 }, false);
  return { browser: await answered, client, response };
};

test('a browser that reads gets every event and a regular end of the stream; its connection stays open', async () => {
  const { browser, client, response } = await connected();
  const { socket } = response;
  let text = '';
  browser.setEncoding('utf8').on('data', (part: string) => (text += part));
  const ended = new Promise<boolean>((resolve) => browser.once('close', () => resolve(browser.complete)));
  await client.send('events', 5, 'downtime.started', '{"subject":"a"}');
  client.close();
  expect(await ended).toBe(true);
  expect(text).toContain('id: 5-2\nevent: downtime.started\ndata: {"subject":"a"}\n\n');
  expect(socket?.destroyed).toBe(false);
});

test('a browser that does not read is disconnected when its stream is closed', async () => {
  const { browser, client, response } = await connected();
  browser.pause();
  const sent = client.send('events', 5, 'downtime.started', 'x'.repeat(50_000_000));
  await waitFor('the buffers to be full', () => response.writableNeedDrain);
  client.close();
  await sent;
  expect(response.destroyed).toBe(true);
});
