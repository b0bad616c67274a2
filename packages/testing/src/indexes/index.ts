export { testIndexes } from './index-tests.ts';
export { asks, HOLDS, reads, TENANT, type Reads } from './needs.ts';
