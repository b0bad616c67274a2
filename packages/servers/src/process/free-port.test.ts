import { describe, expect, test } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { freePort } from './free-port.ts';

describe('freePort', () => {
  test('keeps the preferred port while nothing listens on it', async () => {
    const preferred = await freePort();
    expect(await freePort(preferred)).toBe(preferred);
  });

  test('gives another port when a process listens on the preferred one', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const taken = (server.address() as AddressInfo).port;
    try {
      const port = await freePort(taken);
      expect(port).not.toBe(taken);
      expect(port).toBeGreaterThan(0);
    } finally {
      await new Promise((closed) => server.close(closed));
    }
  });

  test('never gives the same port twice, also before the first server listens on it', async () => {
    const ports = await Promise.all(Array.from({ length: 40 }, () => freePort()));
    expect(new Set(ports).size).toBe(ports.length);
    // An outgoing connection of any process may get a port from 32,768 on before the server listens.
    expect(ports.filter((port) => port < 1_024 || port >= 32_768)).toEqual([]);
  });
});
