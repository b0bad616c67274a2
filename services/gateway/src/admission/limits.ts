/** What callers share at one gateway process. Each has a share for one address or tenant, so that one cannot take all. */

/** The most of all together, and of one address or tenant. */
export type Share = { readonly all: number; readonly ofOne: number };

export const SHARES = {
  /** Open connections; of one address. Each takes some memory, even when idle. */
  connections: { all: 4_096, ofOne: 256 },
} satisfies Record<string, Share>;
