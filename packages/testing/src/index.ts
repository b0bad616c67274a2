export * from './rows.ts';
export { ServiceHarness, type Neighbour } from './service-harness.ts';
export { shuffled, twiceShuffled } from './shuffled.ts';
export { waitFor } from './wait-for.ts';
