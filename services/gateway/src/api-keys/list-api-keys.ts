import { query } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import type { ApiKeyRow } from '@plantops/contracts';
import { listPage, view } from '@plantops/persistence';

/** A key as responses show it: without its hash. */
const ApiKeyView = view<ApiKeyRow>(
  'api_key t',
  `t.id, t.tenant_id, t.version, t.created_at, t.updated_at, t.created_by, t.updated_by,
   t.name, t.role, t.key_prefix, t.expires_at, t.last_used_at, t.revoked_at`,
);
const IS_ACTIVE = '(t.revoked_at is null and (t.expires_at is null or t.expires_at > now()))';

export const listApiKeys = query(
  contracts.listApiKeys,
  () =>
    ({ is_active, ...page }, { tx }) =>
      listPage(tx, ApiKeyView, [[`${IS_ACTIVE} = ?`, is_active]], page),
);
