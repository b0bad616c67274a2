import type { ChaosPlant } from '../chaos-plant.ts';

/** Starts the sabotage. Returns a function that ends it. */
export type Sabotage = (chaos: ChaosPlant) => Promise<() => Promise<void>>;
