import { p } from '@mikro-orm/core';
import { table } from '@plantops/persistence';
import type { StoredKey } from './stored-key.ts';

export const ApiKey = table<StoredKey>()('api_key', {
  name: p.text(),
  role: p.text(),
  key_prefix: p.text(),
  key_hash: p.text(),
  expires_at: p.datetime().nullable(),
  last_used_at: p.datetime().nullable(),
  revoked_at: p.datetime().nullable(),
});
