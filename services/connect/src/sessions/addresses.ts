/** The addresses that a connection may lead to. A tenant names the host, so it must not reach the inside of the platform. */
import { BlockList, isIP } from 'node:net';

/** An address and port that the platform itself uses. */
export type Place = { readonly address: string; readonly port: number };
export type AddressRules = {
  /** Networks that are refused unless they are allowed, as 127.0.0.0/8. */
  readonly allowed: BlockList;
  readonly platform: readonly Place[];
};

/** This computer, link-local addresses (where clouds have their metadata), and groups. */
const NEVER = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3', '::/127', 'fe80::/10', 'ff00::/8'] as const;

const family = (address: string): 'ipv4' | 'ipv6' => (isIP(address) === 4 ? 'ipv4' : 'ipv6');

/** A list of networks and addresses. */
export function networks(texts: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of texts) {
    const [address = '', bits] = text.split('/');
    if (bits === undefined) list.addAddress(address, family(address));
    else list.addSubnet(address, Number(bits), family(address));
  }
  return list;
}
/** Whether a text is an address or a network. */
export function isNetwork(text: string): boolean {
  try {
    networks([text]);
    return true;
  } catch {
    return false;
  }
}

const never = networks(NEVER);
/** Whether two texts are one address: IPv6 has many ways to write one, and an IPv4 one too. */
const isSame = (one: string, other: string): boolean => networks([one]).check(other, family(other));

/** Why a connection may not be opened to an address; undefined: it may. */
export function refusal(given: string, port: number, { allowed, platform }: AddressRules): string | undefined {
  // A link-local address may name its network interface.
  const address = given.replace(/%.*$/, '');
  if (platform.some((place) => place.port === port && isSame(place.address, address)))
    return `${address}:${port} is the platform itself`;
  if (never.check(address, family(address)) && !allowed.check(address, family(address)))
    return `${address} is not an address of a plant: the operator of the platform can allow it (PLANTOPS_CONNECT_ALLOW)`;
  return undefined;
}
