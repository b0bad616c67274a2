import type { Tables } from '@plantops/persistence';
import { ApiKey } from './api-keys/api-key.table.ts';
import { migrations } from './migrations/index.ts';

export const tables: Tables = { entities: [ApiKey], migrations };
