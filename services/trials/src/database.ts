import type { Tables } from '@plantops/persistence';
import { migrations } from './migrations/index.ts';
import { Trial } from './trials/trial.table.ts';

export const tables: Tables = { entities: [Trial], migrations };
