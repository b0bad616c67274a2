/**
 * A network of our own between a service and its servers, in which connections can be cut, held up, and made to lose what one side says.
 * A byte that is lost in the middle of a connection cannot be followed by others: from it on that direction is silent, until both are reset.
 */
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cut, Loss } from './schedule.ts';

const HOST = '127.0.0.1';
const DELAY_MS = 200;
/** Longer than whoever waits for a lost answer waits. */
const SILENT_MS = 2_500;
/** An answer to a publish on a stream; an acknowledgement of a message; the end of a transaction. */
const LOST: Readonly<Record<Loss, { readonly from: 'server' | 'client'; readonly pattern: RegExp; readonly silentMs: number }>> = {
  'publish-acks': { from: 'server', pattern: /\{"stream":"[A-Z]/, silentMs: SILENT_MS },
  acks: { from: 'client', pattern: /PUB \$JS\.ACK\.[^\r\n]+\r\n\+ACK/, silentMs: 500 },
  commits: { from: 'server', pattern: /COMMIT/, silentMs: 100 },
};

type Side = 'client' | 'server';
type Pair = {
  readonly client: Socket;
  readonly server: Socket;
  readonly silent: Record<Side, boolean>;
  /** What each side has said and the other not heard yet: the next bytes wait for it, also when the delay has ended meanwhile. */
  readonly queue: Record<Side, Promise<void>>;
};

export class TcpProxy {
  readonly port: number;
  /** Connections that lost something. */
  hits = 0;
  /** Hears what the server says before the client does. */
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

  /** Cuts, holds up or delays everything for a while. */
  async cut(how: Cut, ms: number): Promise<void> {
    if (how === 'drop') for (const { client, server } of this.#pairs) for (const side of [client, server]) side.end();
    if (how === 'reset') this.#resetAll();
    if (how === 'delay') this.#delayMs = DELAY_MS;
    if (how === 'black-hole') this.#held = true;
    await delay(how === 'drop' || how === 'reset' ? 0 : ms);
    this.#delayMs = 0;
    // What was held is gone: half of a conversation is of no use to either side.
    if (how === 'black-hole') this.#resetAll();
    this.#held = false;
  }

  /** For a while, whoever would say this is not heard any more. */
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

  /** What of these bytes gets through. */
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
