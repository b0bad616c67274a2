import { createDowntimes } from './20261122T0900-create-downtimes.ts';

export const migrations = [createDowntimes];
