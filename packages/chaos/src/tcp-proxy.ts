/**
 * A proxy between a service and its server, which can cut and delay connections, and lose the bytes of one side. After
 * a lost byte no other bytes may follow: that direction is silent until the connection is reset.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cut, Loss } from './schedule.ts';

const HOST = '127.0.0.1';
const DELAY_MS = 200;
/** Longer than any client waits for a lost answer. */
const SILENT_MS = 2_500;
/**
 * The bytes that can be lost: the answer to a publish on a stream, the acknowledgement of a message, the end of a
 * transaction.
 */
const LOST: Readonly<
  Record<Loss, { readonly from: 'server' | 'client'; readonly pattern: RegExp; readonly silentMs: number }>
> = {
  'publish-acks': { from: 'server', pattern: /\{"stream":"[A-Z]/, silentMs: SILENT_MS },
  acks: { from: 'client', pattern: /PUB \$JS\.ACK\.[^\r\n]+\r\n\+ACK/, silentMs: 500 },
  commits: { from: 'server', pattern: /COMMIT/, silentMs: 100 },
};

type Side = 'client' | 'server';
type Pair = {
  readonly client: Socket;
  readonly server: Socket;
  readonly silent: Record<Side, boolean>;
  /** Bytes that are not forwarded yet. The next bytes wait for them, also when the delay has ended meanwhile. */
  readonly queue: Record<Side, Promise<void>>;
};

export class TcpProxy {
  readonly port: number;
  /** The number of connections that lost bytes. */
  hits = 0;
  /** Called with the server's bytes before the client gets them. */
  onServerBytes: ((bytes: Buffer) => void) | undefined;
  readonly #listener: Server;
  readonly #to: number;
  readonly #pairs = new Set<Pair>();
  #delayMs = 0;
  #held = false;
  #loses: Loss | undefined;

  private constructor(listener: Server, port: number, to: number) {
    this.port = port;
    this.#listener = listener;
    this.#to = to;
    listener.on('connection', (socket) => this.#join(socket));
  }

  static async open(to: number): Promise<TcpProxy> {
    const listener = createServer();
    await new Promise<void>((resolve, reject) => listener.once('error', reject).listen(0, HOST, resolve));
    return new TcpProxy(listener, (listener.address() as { port: number }).port, to);
  }

  /** Cuts, blocks or delays all connections for a while. */
  async cut(how: Cut, ms: number): Promise<void> {
    if (how === 'drop') for (const { client, server } of this.#pairs) for (const side of [client, server]) side.end();
    if (how === 'reset') this.#resetAll();
    if (how === 'delay') this.#delayMs = DELAY_MS;
    if (how === 'black-hole') this.#held = true;
    await delay(how === 'drop' || how === 'reset' ? 0 : ms);
    this.#delayMs = 0;
    // The blocked bytes are lost, so the connections are of no use any more.
    if (how === 'black-hole') this.#resetAll();
    this.#held = false;
  }

  /** Loses these bytes for a while. */
  async lose(loss: Loss, ms: number): Promise<void> {
    this.#loses = loss;
    await delay(ms);
    this.#loses = undefined;
  }

  async close(): Promise<void> {
    this.#resetAll();
    await new Promise<void>((resolve) => this.#listener.close(() => resolve()));
  }

  #resetAll(): void {
    for (const pair of this.#pairs) this.#reset(pair);
  }

  #reset(pair: Pair): void {
    this.#pairs.delete(pair);
    pair.client.resetAndDestroy();
    pair.server.destroy();
  }

  #join(client: Socket): void {
    const server = connect({ host: HOST, port: this.#to });
    const queue = { client: Promise.resolve(), server: Promise.resolve() };
    const pair: Pair = { client, server, silent: { client: false, server: false }, queue };
    this.#pairs.add(pair);
    for (const side of ['client', 'server'] as const) {
      const [from, to] = side === 'client' ? [client, server] : [server, client];
      from.setNoDelay(true);
      from.on('data', (bytes: Buffer) => this.#pass(pair, side, bytes, to));
      from.on('end', () => this.#after(pair, side, () => to.end()));
      from.on('error', () => this.#reset(pair));
      from.on('close', () => {
        this.#pairs.delete(pair);
        to.destroy();
      });
    }
  }

  #pass(pair: Pair, side: Side, bytes: Buffer, to: Socket): void {
    if (side === 'server') this.onServerBytes?.(bytes);
    const kept = this.#kept(pair, side, bytes);
    if (kept.length === 0) return;
    const due = performance.now() + this.#delayMs;
    this.#after(pair, side, async () => {
      const early = due - performance.now();
      if (early > 1) await delay(early);
      if (!this.#held && to.writable) to.write(kept);
    });
  }

  #after(pair: Pair, side: Side, work: () => unknown): void {
    const before = pair.queue[side];
    const done = async () => {
      await before;
      await work();
    };
    pair.queue[side] = done();
  }

  /** The part of these bytes that is forwarded. */
  #kept(pair: Pair, side: Side, bytes: Buffer): Buffer {
    if (pair.silent[side] || this.#held) return bytes.subarray(0, 0);
    const lost = this.#loses === undefined ? undefined : LOST[this.#loses];
    if (lost === undefined || lost.from !== side) return bytes;
    const at = bytes.toString('latin1').search(lost.pattern);
    if (at < 0) return bytes;
    this.hits += 1;
    pair.silent[side] = true;
    setTimeout(() => this.#reset(pair), lost.silentMs).unref();
    return bytes.subarray(0, at);
  }
}
