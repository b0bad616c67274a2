import { lookup } from 'node:dns/promises';
import type { Config } from '../config.ts';
import { networks, type AddressRules, type Place } from './addresses.ts';

type Variables = Pick<Config, 'PLANTOPS_CONNECT_ALLOW' | 'PLANTOPS_NATS_URL' | 'PLANTOPS_DATABASE_URL'>;
const NATS_PORT = 4222;
const POSTGRES_PORT = 5432;

/** Where connections may lead to, by the names of the platform's own servers as they resolve now. */
export async function addressRules(config: Variables): Promise<AddressRules> {
  const servers = [
    ...config.PLANTOPS_NATS_URL.split(',').map((url) => ({ url: url.trim(), port: NATS_PORT })),
    { url: config.PLANTOPS_DATABASE_URL, port: POSTGRES_PORT },
  ];
  const platform = await Promise.all(servers.map(({ url, port }) => placesOf(new URL(url), port)));
  return { allowed: networks(config.PLANTOPS_CONNECT_ALLOW), platform: platform.flat() };
}

async function placesOf({ hostname, port }: URL, usual: number): Promise<Place[]> {
  const addresses = await lookup(hostname.replace(/^\[|\]$/g, ''), { all: true });
  return addresses.map(({ address }) => ({ address, port: port === '' ? usual : Number(port) }));
}
