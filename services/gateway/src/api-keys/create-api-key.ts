import { randomBytes } from 'node:crypto';
import { inCommand, useCase, type Base } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { Problem, replayed } from '@plantops/contracts';
import { insertRow } from '@plantops/persistence';
import { hashOf } from '../identity/hash-of.ts';
import { formatKey } from './api-key.rules.ts';
import { ApiKey } from './api-key.table.ts';
import { withoutHash } from './stored-key.ts';

/** The key is returned here only. The database has its hash, and so has the stored response for a repeated request. */
export const createApiKey = useCase(contracts.createApiKey, (base: Base) => async (input, call) => {
  const prefix = randomBytes(6).toString('hex');
  const key = formatKey(call.tenant, prefix, randomBytes(32).toString('base64url'));
  const fields = { ...input, key_prefix: prefix, key_hash: hashOf(key), last_used_at: null, revoked_at: null };
  const row = await inCommand(base, call, async ({ tx, at }) => {
    if (input.expires_at !== null && input.expires_at <= at)
      throw Problem.field('expires_at', 'must lie in the future');
    return withoutHash(await insertRow(tx, ApiKey, fields, call, at));
  });
  return row.key_prefix === prefix ? { ...row, key } : replayed({ ...row, key: null });
});
