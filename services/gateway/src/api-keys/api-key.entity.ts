import { defineEntity, p } from '@mikro-orm/postgresql';
import { rowProperties } from '@plantops/persistence';

export const ApiKey = defineEntity({
  name: 'ApiKey',
  tableName: 'api_key',
  properties: {
    ...rowProperties,
    name: p.text(),
    role: p.text(),
    key_prefix: p.text(),
    key_hash: p.text(),
    expires_at: p.datetime().nullable(),
    last_used_at: p.datetime().nullable(),
    revoked_at: p.datetime().nullable(),
  },
});
