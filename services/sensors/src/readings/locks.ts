/**
 * Storing and judging readings shares this lock and reads the sensors under it. Adding a sensor holds it alone, so no
 * reading starts to wait for a sensor that was just added; changing one, too, so no reading is judged by limits that
 * were just changed. The order of locks: this one, the waiting readings, the partitions of months, the states of
 * sensors, the rows of sensors.
 */
import type { Tx } from '@plantops/persistence';

const NAME = 'readings';
export const shareWaiting = (tx: Tx): Promise<void> => tx.lockShared(NAME);
export const lockWaiting = (tx: Tx): Promise<void> => tx.lock(NAME);
/** Held by one sharer at a time: counts the waiting readings and then admits more. */
export const countWaitingAlone = (tx: Tx): Promise<void> => tx.lock('waiting-readings');
