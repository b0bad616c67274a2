/** What one address can do to a gateway: connections that never finish a request, and long tokens. */
import { createHmac, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { PlantUnderTest } from '@plantops/testing/plant';

const HALF_OF_A_REQUEST = 'GET /healthz HTTP/1.1\r\nhost: here\r\nx-slow: ';

/** They are opened little by little, so that this process measures the gateway and not itself. */
const [OPENED_AT_ONCE, OPENED_EVERY_MS] = [100, 50];

type HalfOpen = { readonly address: string; readonly connections: number; readonly againPerSecond: number };
/** Opens half-open connections, and then so many again each second. Returns a function that closes all. */
export function keepHalfOpen(gateway: string, { address, connections, againPerSecond }: HalfOpen): () => void {
  const { hostname, port } = new URL(gateway);
  const open = new Set<Socket>();
  const openOne = () => {
    const socket = connect({ port: Number(port), host: hostname, localAddress: address });
    open.add(socket);
    socket
      .once('close', () => open.delete(socket))
      .on('error', () => undefined)
      .write(HALF_OF_A_REQUEST);
  };
  let begun = 0;
  const again = setInterval(() => {
    const most = begun < connections ? OPENED_AT_ONCE : (againPerSecond * OPENED_EVERY_MS) / 1_000;
    for (let n = 0; n < most; n += 1) openOne();
    begun += most;
  }, OPENED_EVERY_MS);
  return () => {
    clearInterval(again);
    for (const socket of open) socket.destroy();
  };
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
/** A token of akron of about so many KiB, as an identity provider signs one for a person of many groups. */
function tokenOf(secret: string, kib: number): string {
  const claims = {
    iss: 'plantops',
    aud: 'plantops-api',
    sub: 'ada',
    tenant_id: 'akron',
    roles: ['viewer'],
    exp: Math.floor(Date.now() / 1_000) + 3_600,
    jti: randomUUID(),
    // Base64 takes a third more.
    groups: 'x'.repeat(kib * 768 - 300),
  };
  const signed = `${encoded({ alg: 'HS256' })}.${encoded(claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

const AT_WORK = 24;
type Tokens = { readonly count: number; readonly kib: readonly number[] };
/** Sends one request with each of so many different tokens of each length. */
export async function sendTokens(plant: PlantUnderTest, { count, kib }: Tokens): Promise<void> {
  const { gateway_url } = await plant.ready();
  const { jwt } = JSON.parse(await readFile(join(plant.dataDir, 'secrets.json'), 'utf8')) as { jwt: string };
  const agent = new Agent({ keepAlive: true, maxSockets: AT_WORK });
  const send = (token: string) =>
    new Promise<void>((resolve, reject) => {
      get(
        `${gateway_url}/api/v1/plant-ops/lines?limit=1`,
        { agent, headers: { authorization: `Bearer ${token}` } },
        (response) => void response.resume().once('close', resolve),
      ).once('error', reject);
    });
  for (const length of kib) {
    let sent = 0;
    const work = async () => {
      while (sent < count) {
        sent += 1;
        await send(tokenOf(jwt, length));
      }
    };
    await Promise.all(Array.from({ length: AT_WORK }, work));
  }
  agent.destroy();
}
