/** The address of the gateway: on which it listens, and at which this machine reaches it. */
import { createServer } from 'node:net';
import type { Settings } from './settings.ts';

type Address = Pick<Settings, 'PLANTOPS_BIND' | 'PLANTOPS_PORT'>;

/** All addresses of the machine, each with the one at which the machine reaches itself. */
const ALL: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
const inUrl = (address: string): string => (address.includes(':') ? `[${address}]` : address);

/** The URL at which programs on this machine call it. */
export function localUrlOf({ PLANTOPS_BIND: bind, PLANTOPS_PORT: port }: Address): string {
  return `http://${inUrl(ALL[bind] ?? bind)}:${port}`;
}

/** Where other machines may call it, as 0.0.0.0:8080; undefined when none can. */
export function openAddressOf({ PLANTOPS_BIND: bind, PLANTOPS_PORT: port }: Address): string | undefined {
  return bind.startsWith('127.') || bind === '::1' ? undefined : `${inUrl(bind)}:${port}`;
}

/** Throws an error that names the variable when the gateway could not listen there. */
export function refuseAddress({ PLANTOPS_BIND: host, PLANTOPS_PORT: port }: Address): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Error(faultOf(error, host, port))));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve()));
  });
}

function faultOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `Port ${port} is in use: set PLANTOPS_PORT to a free port.`;
  if (code === 'EACCES')
    return `PLANTOPS_PORT: this user may not listen on port ${port}: set it to a port from 1024 on`;
  if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')
    return `PLANTOPS_BIND: this machine has no address ${host}: write one that it has, or 0.0.0.0 for all of them`;
  return `PLANTOPS_BIND: nothing can listen on ${host}: ${message}`;
}
