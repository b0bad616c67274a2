import { isIPv6 } from 'node:net';

/** Longer than any address. A proxy may pass on what a client wrote. */
const MOST_CHARACTERS = 64;
const GROUPS = 8;
const GROUPS_OF_NETWORK = 4;

/**
 * Whose limits an address uses: an IPv4 address its own; an IPv6 address those of its /64, because one host has all
 * addresses of it.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address.slice(0, MOST_CHARACTERS);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return address.slice(0, MOST_CHARACTERS);
  const [before = '', after = ''] = plain.split('::');
  const groups = (text: string) => text.split(':').filter((group) => group !== '');
  const [head, tail] = [groups(before), groups(after)];
  const all = [...head, ...Array<string>(Math.max(0, GROUPS - head.length - tail.length)).fill('0'), ...tail];
  const network = all.slice(0, GROUPS_OF_NETWORK).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
