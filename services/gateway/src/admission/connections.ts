import type { Socket } from 'node:net';
import { SHARES, type Share } from './limits.ts';
import { networkOf } from './network.ts';

/** A client sends its request at once, but several connections may be accepted before it is read. */
const SILENT_MS = 500;

/** The open connections of one address, or of all. */
class Group {
  open = 0;
  /** Connections that have sent no request yet, by the instant at which they were accepted; the oldest first. */
  readonly silent = new Map<Socket, number>();
  /** Connections between two requests, the longest idle first. */
  readonly idle = new Set<Socket>();

  /** The connection that goes first at this instant, if one may go: a silent one, unless it is new and one is idle. */
  first(now: number): Socket | undefined {
    const [[silent, since] = [undefined, now]] = this.silent;
    const [idle] = this.idle;
    return silent !== undefined && since + SILENT_MS <= now ? silent : (idle ?? silent);
  }
}

/**
 * The open connections, with a share for each address; proxies have none, because they carry the requests of all. A new
 * connection beyond a limit takes the place of the one that waits longest for a whole request: first of those that have
 * never sent one. A connection with a request in progress keeps its place.
 */
export class Connections {
  readonly #isProxy: (address: string) => boolean;
  readonly #most: Share;
  readonly #now: () => number;
  readonly #all = new Group();
  readonly #addresses = new Map<string, Group>();
  /** The groups of each open connection, the group of all first. */
  readonly #groups = new Map<Socket, readonly Group[]>();

  /** `now` is a clock in milliseconds that never goes back. */
  constructor(
    isProxy: (address: string) => boolean = () => false,
    most: Share = SHARES.connections,
    now = () => performance.now(),
  ) {
    this.#isProxy = isProxy;
    this.#most = most;
    this.#now = now;
  }

  get open(): number {
    return this.#all.open;
  }

  /** Accepts a new connection; closes it when no place is free for it. */
  add(socket: Socket): void {
    const address = socket.remoteAddress;
    // A client that has gone already has no address any more.
    if (address === undefined) {
      socket.destroy();
      return;
    }
    const network = this.#isProxy(address) ? undefined : networkOf(address);
    const own = network === undefined ? undefined : (this.#addresses.get(network) ?? new Group());
    if ((own && !this.#hasRoom(own, this.#most.ofOne)) || !this.#hasRoom(this.#all, this.#most.all)) {
      socket.destroy();
      return;
    }
    if (network !== undefined && own) this.#addresses.set(network, own);
    const groups = own ? [this.#all, own] : [this.#all];
    this.#groups.set(socket, groups);
    for (const group of groups) {
      group.open += 1;
      group.silent.set(socket, this.#now());
    }
    socket.once('close', () => {
      this.#remove(socket);
      if (network !== undefined && own?.open === 0 && this.#addresses.get(network) === own)
        this.#addresses.delete(network);
    });
  }

  /** The connection has sent a request. */
  busy(socket: Socket): void {
    for (const group of this.#groups.get(socket) ?? []) {
      group.silent.delete(socket);
      group.idle.delete(socket);
    }
  }

  /** All requests of the connection are answered. */
  idle(socket: Socket): void {
    for (const group of this.#groups.get(socket) ?? []) group.idle.add(socket);
  }

  #hasRoom(group: Group, most: number): boolean {
    if (group.open < most) return true;
    const first = group.first(this.#now());
    if (first === undefined) return false;
    this.#remove(first);
    first.destroy();
    return true;
  }

  #remove(socket: Socket): void {
    this.busy(socket);
    for (const group of this.#groups.get(socket) ?? []) group.open -= 1;
    this.#groups.delete(socket);
  }
}
