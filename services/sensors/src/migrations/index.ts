import { createSensors } from './20261122T2000-create-sensors.ts';
import { guardStreams } from './20261123T0200-guard-streams.ts';

export const migrations = [createSensors, guardStreams];
