import { asks, HOLDS, TENANT, testIndexes } from '@plantops/testing/indexes';
import { listApiKeys } from './api-keys/list-api-keys.ts';
import { tables } from './database.ts';

testIndexes('gateway', tables, {
  api_key: {
    rows: `
      insert into api_key (id, tenant_id, version, created_at, updated_at, created_by, updated_by, name, role,
        key_prefix, key_hash)
      select ('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '${TENANT}', 1,
        now() - n * interval '1 minute', now(), 'test', 'test', n, 'viewer', n, ''
      from generate_series(1, 20000) n`,
    indexes: {
      api_key_pkey: HOLDS,
      api_key_tenant_id_key_prefix_key: HOLDS,
      api_key_created: asks(listApiKeys),
    },
  },
});
