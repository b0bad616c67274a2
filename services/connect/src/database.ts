import type { Tables } from '@plantops/persistence';
import { Connection } from './connections/connection.table.ts';
import { Mapping } from './mappings/mapping.table.ts';
import { migrations } from './migrations/index.ts';

export const tables: Tables = { entities: [Connection, Mapping], migrations };
