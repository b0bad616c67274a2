export { describeWhere } from './left-out.ts';
export { Random } from './random.ts';
export * from './rows.ts';
export { natsUrlOf, ServiceHarness, testServers, type Neighbour } from './service-harness.ts';
export { shuffled, twiceShuffled } from './shuffled.ts';
export { copyTemplate } from './templates.ts';
export { PASSWORD, TEST_TENANTS } from './users.ts';
export { waitFor } from './wait-for.ts';
