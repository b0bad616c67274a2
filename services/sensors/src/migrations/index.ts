import { createSensors } from './20261122T2000-create-sensors.ts';

export const migrations = [createSensors];
