import { createDowntimes } from './20261122T0900-create-downtimes.ts';
import { extendDowntimes } from './20261122T2000-extend-downtimes.ts';

export const migrations = [createDowntimes, extendDowntimes];
