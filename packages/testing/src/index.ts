export { ServiceHarness, type Neighbour } from './service-harness.ts';
export { waitFor } from './wait-for.ts';
