import { expect, test } from '@jest/globals';
import { freePort } from '@plantops/servers';
import { createServer } from 'node:net';
import { localUrlOf, openAddressOf, refuseAddress } from './gateway-address.ts';
import { readSettings } from './settings.ts';

const at = (bind: string, port = 8080) => ({ PLANTOPS_BIND: bind, PLANTOPS_PORT: port });

test('the gateway listens for this machine alone unless another address is set', () => {
  expect(openAddressOf(readSettings({}))).toBeUndefined();
});

test.each([
  ['127.0.0.1', 'http://127.0.0.1:8080', undefined],
  ['0.0.0.0', 'http://127.0.0.1:8080', '0.0.0.0:8080'],
  ['192.0.2.5', 'http://192.0.2.5:8080', '192.0.2.5:8080'],
  ['::', 'http://[::1]:8080', '[::]:8080'],
  ['::1', 'http://[::1]:8080', undefined],
])('bound to %s, this machine calls %s and others may call %s', (bind, local, open) => {
  expect([localUrlOf(at(bind)), openAddressOf(at(bind))]).toEqual([local, open]);
});

test('an address that this machine does not have is refused: the error names the variable and what to write', async () => {
  // TEST-NET-1 (RFC 5737) belongs to no machine.
  await expect(refuseAddress(at('192.0.2.5', await freePort()))).rejects.toThrow(
    'PLANTOPS_BIND: this machine has no address 192.0.2.5: write one that it has, or 0.0.0.0 for all of them',
  );
});

test('a port that is in use at any of the addresses is refused', async () => {
  const port = await freePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen({ port, host: '127.0.0.2' }, resolve));
  await expect(refuseAddress(at('127.0.0.1', port))).resolves.toBeUndefined();
  await expect(refuseAddress(at('0.0.0.0', port))).rejects.toThrow(
    `Port ${port} is in use: set PLANTOPS_PORT to a free port.`,
  );
  await new Promise((resolve) => other.close(resolve));
});
