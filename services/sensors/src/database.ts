import type { Tables } from '@plantops/persistence';
import { migrations } from './migrations/index.ts';
import { Sensor } from './sensors/sensor.table.ts';

export const tables: Tables = { entities: [Sensor], migrations };
