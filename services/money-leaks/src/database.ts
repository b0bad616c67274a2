import type { Tables } from '@plantops/persistence';
import { MoneyLeak } from './postings/money-leak.table.ts';
import { migrations } from './migrations/index.ts';

export const tables: Tables = { entities: [MoneyLeak], migrations };
