import type { ChaosPlant } from '../chaos-plant.ts';

/** Begins; returns how to end it. */
export type Sabotage = (chaos: ChaosPlant) => Promise<() => Promise<void>>;
