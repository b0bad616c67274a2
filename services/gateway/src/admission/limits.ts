/** What callers share at one gateway process. Each has a share for one address or tenant, so that one cannot take all. */

/** The most of all together, and of one address or tenant. */
export type Share = { readonly all: number; readonly ofOne: number };

const MIB = 1024 * 1024;

export const SHARES = {
  /** Open connections; of one address. Each takes some memory, even when idle. */
  connections: { all: 4_096, ofOne: 256 },
  /** Documents being read; by one address. The page of the API reads six at once. */
  documents: { all: 64, ofOne: 16 },
  /** Checks of tokens and keys that are not known; of one address. */
  firstChecks: { all: 512, ofOne: 64 },
  /** Checks of keys that are known and must be checked again; of one tenant. */
  repeatedChecks: { all: 1_024, ofOne: 128 },
  /**
   * Refusals that wait a second; of one address. As many as it may have connections, so that none of them asks again at
   * once.
   */
  heldRefusals: { all: 1_024, ofOne: 256 },
  /**
   * Requests of known callers in progress; of one tenant. The services do not work on more together. An eighth is enough
   * for 600 requests a second of 200 ms each.
   */
  requests: { all: 1_024, ofOne: 128 },
  /** Bytes of responses that clients have not read yet; of one tenant. A page of a list has at most 768 KiB. */
  unreadBytes: { all: 64 * MIB, ofOne: 24 * MIB },
  /** Live streams; of one tenant. */
  liveStreams: { all: 1_000, ofOne: 50 },
  /** Accepted tokens and keys that are remembered; of one tenant. Each takes less than 1 KiB. */
  acceptedProofs: { all: 10_000, ofOne: 1_000 },
} satisfies Record<string, Share>;

/** Requests a second: of one tenant; of one address whose caller is not known; keys of one address that are looked up. */
export const PER_SECOND = { tenant: 600, address: 100, keyLookups: 20 };
