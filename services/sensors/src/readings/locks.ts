/**
 * Who takes readings in shares this lock, who adds a sensor holds it alone: nothing begins to wait for a sensor that has just become known.
 * Locks are taken in one order: this one, the waiting readings, the partitions of months, the states of sensors.
 */
import type { Tx } from '@plantops/persistence';

const NAME = 'readings';
export const shareWaiting = (tx: Tx): Promise<void> => tx.lockShared(NAME);
export const lockWaiting = (tx: Tx): Promise<void> => tx.lock(NAME);
/** Held by one of those who share: they are counted, and then more of them are let in. */
export const countWaitingAlone = (tx: Tx): Promise<void> => tx.lock('waiting-readings');
