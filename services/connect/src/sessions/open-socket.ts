/** The socket of a connection, which leads only where it may. */
import { lookup, type LookupAddress } from 'node:dns';
import { connect, isIP, Socket, type LookupFunction } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { refusal, type AddressRules } from './addresses.ts';

const PORT = 1883;
const TLS_PORT = 8883;

type Target = { readonly url: string; readonly ca_certificate: string | null };

/** Opens a socket. An address that is not allowed is an error of the socket, whether the URL names it or a name resolves to it. */
export function openSocket({ url, ca_certificate }: Target, rules: AddressRules): Socket {
  const { protocol, hostname, port: given } = new URL(url);
  const isTls = protocol === 'mqtts:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const port = given === '' ? (isTls ? TLS_PORT : PORT) : Number(given);
  const reason = isIP(host) === 0 ? undefined : refusal(host, port, rules);
  if (reason !== undefined) return failing(reason);
  // An acknowledgement is small, and the broker waits for it.
  const options = { host, port, noDelay: true, lookup: checkedLookup(port, rules) };
  if (!isTls) return connect(options);
  try {
    return connectTls({
      ...options,
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca_certificate === null ? {} : { ca: ca_certificate }),
    });
  } catch (error) {
    return failing(`ca_certificate: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const refused = (reason: string): Error => Object.assign(new Error(reason), { code: 'EACCES' });

function failing(reason: string): Socket {
  const socket = new Socket();
  process.nextTick(() => socket.destroy(refused(reason)));
  return socket;
}

/** Checks what a name resolves to at the moment of connecting: it may change after the connection was declared. */
function checkedLookup(port: number, rules: AddressRules): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, [], 0);
      const reason = found.map(({ address }) => refusal(address, port, rules)).find((why) => why !== undefined);
      if (reason !== undefined) return callback(refused(reason), [], 0);
      if (options.all === true) return callback(null, found);
      const [{ address, family }] = found as [LookupAddress];
      return callback(null, address, family);
    });
  };
}
