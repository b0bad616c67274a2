/**
 * Storing readings shares this lock; adding a sensor holds it alone, so no reading starts to wait for a sensor that
 * was just added. The order of locks: this one, the waiting readings, the partitions of months, the states
 * of sensors.
 */
import type { Tx } from '@plantops/persistence';

const NAME = 'readings';
export const shareWaiting = (tx: Tx): Promise<void> => tx.lockShared(NAME);
export const lockWaiting = (tx: Tx): Promise<void> => tx.lock(NAME);
/** Held by one sharer at a time: counts the waiting readings and then admits more. */
export const countWaitingAlone = (tx: Tx): Promise<void> => tx.lock('waiting-readings');
