import type { ApiKeyRow, revokeApiKey as contract } from '@plantops/contracts';
import { lockRow, runCommand, updateRow } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { ApiKey } from './api-key.entity.ts';
import { revoke } from './api-key.rules.ts';
import { withoutHash, type StoredKey } from './stored-key.ts';

export const revokeApiKey =
  ({ database, now }: Deps) =>
  ({ id }: z.infer<typeof contract.input>, call: Call): Promise<ApiKeyRow> =>
    runCommand(database, call, async (tx) => {
      const at = now();
      const key = await lockRow<StoredKey>(tx, ApiKey, id, call.expectedVersion);
      return withoutHash(await updateRow(tx, ApiKey, key, revoke(key, at), call, at));
    });
