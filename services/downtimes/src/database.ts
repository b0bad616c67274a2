import type { Tables } from '@plantops/persistence';
import { Downtime } from './downtimes/downtime.entity.ts';
import { ReasonEntity } from './reasons/reason.entity.ts';
import { migrations } from './migrations/index.ts';

export const tables: Tables = { entities: [Downtime, ReasonEntity], migrations };
