export {
  MEMORY_BOUND_MB,
  bytesOnDisk,
  difference,
  processorSeconds,
  processorSecondsOf,
  residentMb,
  watchMemory,
} from './consumption.ts';
export { PlantFromOutside, type Finished } from './plant-from-outside.ts';
export { PlantTables, databaseOf, databaseUrlOf } from './plant-tables.ts';
export { PlantUnderTest } from './plant-under-test.ts';
export { quantile } from './quantile.ts';
export { SmallDisk } from './small-disk.ts';
