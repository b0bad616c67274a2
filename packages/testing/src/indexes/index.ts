export { testIndexes } from './index-tests.ts';
export { asks, HOLDS, reads, TENANT } from './needs.ts';
