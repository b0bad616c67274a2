import { command } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { lockRow, updateRow } from '@plantops/persistence';
import { revoke } from './api-key.rules.ts';
import { ApiKey } from './api-key.table.ts';
import { withoutHash } from './stored-key.ts';

export const revokeApiKey = command(contracts.revokeApiKey, () => async ({ id }, { tx, call, at }) => {
  const key = await lockRow(tx, ApiKey, id, call.expectedVersion);
  return withoutHash(await updateRow(tx, ApiKey, key, revoke(key, at), call, at));
});
