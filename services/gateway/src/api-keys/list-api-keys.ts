import type { ApiKeyRow, listApiKeys as contract } from '@plantops/contracts';
import { listPage } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';

const VIEW =
  't.id, t.tenant_id, t.version, t.created_at, t.updated_at, t.created_by, t.updated_by, t.name, t.role, t.key_prefix, t.expires_at, t.last_used_at, t.revoked_at';

export const listApiKeys =
  ({ database }: Deps) =>
  ({ is_active, ...page }: z.infer<typeof contract.input>, call: Call) =>
    database.transact(call.tenant, (tx) =>
      listPage<ApiKeyRow>(
        tx,
        'api_key t',
        [['(t.revoked_at is null and (t.expires_at is null or t.expires_at > now())) = ?', is_active]],
        page,
        VIEW,
      ),
    );
