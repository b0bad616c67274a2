import type { Tx } from '@plantops/persistence';

/**
 * Facts and what prices them (lines, plants, products) arrive by different streams, and each must see what the other
 * has committed: facts share this lock, master data takes it alone.
 */
const PRICES = 'prices';
const ledgerOf = (lineId: string) => `ledger/${lineId}`;

/** Waits until no master data is being applied, and keeps it waiting. */
export function sharePrices(tx: Tx): Promise<void> {
  return tx.lockShared(PRICES);
}

/** Waits until no facts and no other master data are being applied, and keeps them waiting. */
export function lockPrices(tx: Tx): Promise<void> {
  return tx.lock(PRICES);
}

/** One writer at a time for the ledger of a line. Lines in `held` are locked already. */
export async function lockLines(tx: Tx, lineIds: readonly string[], held: readonly string[] = []): Promise<void> {
  const isHeld = new Set(held);
  const others = lineIds.filter((lineId) => !isHeld.has(lineId));
  if (others.length > 0) await tx.lock(...others.map(ledgerOf));
}
