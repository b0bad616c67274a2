import type { Tables } from '@plantops/persistence';
import { Downtime } from './downtimes/downtime.table.ts';
import { ReasonEntity } from './reasons/reason.table.ts';
import { migrations } from './migrations/index.ts';

export const tables: Tables = { entities: [Downtime, ReasonEntity], migrations };
