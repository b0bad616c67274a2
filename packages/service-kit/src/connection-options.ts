import type { ConnectionOptions } from 'nats';

/** The addresses and the user in a connection string such as `nats://user:password@host:4222,nats://host2:4222`. */
export function connectionOptions(url: string): Pick<ConnectionOptions, 'servers' | 'user' | 'pass'> {
  const addresses = url.split(',').map((address) => new URL(address.includes('://') ? address : `nats://${address}`));
  const user = addresses.find((address) => address.username !== '');
  const servers = addresses.map((address) => address.host);
  return user
    ? { servers, user: decodeURIComponent(user.username), pass: decodeURIComponent(user.password) }
    : { servers };
}
