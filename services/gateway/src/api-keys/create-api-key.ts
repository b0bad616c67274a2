import { createHash, randomBytes } from 'node:crypto';
import { Problem, type ApiKeyRow, type createApiKey as contract } from '@plantops/contracts';
import { insertRow, runCommand } from '@plantops/persistence';
import type { Call } from '@plantops/service-kit';
import type { z } from 'zod';
import type { Deps } from '../deps.ts';
import { ApiKey } from './api-key.entity.ts';
import { formatKey } from './api-key.rules.ts';
import { withoutHash, type StoredKey } from './stored-key.ts';

export const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** The key is answered here and nowhere else: only its hash is kept, also in what a repeated request is answered. */
export const createApiKey =
  ({ database, now }: Deps) =>
  async (input: z.infer<typeof contract.input>, call: Call): Promise<z.infer<typeof contract.output>> => {
    const at = now();
    if (input.expires_at !== null && input.expires_at <= at) throw Problem.field('expires_at', 'must lie in the future');
    const prefix = randomBytes(6).toString('hex');
    const key = formatKey(call.tenant, prefix, randomBytes(32).toString('base64url'));
    const fields = { ...input, key_prefix: prefix, key_hash: hashOf(key), last_used_at: null, revoked_at: null };
    const row = await runCommand<ApiKeyRow>(database, call, async (tx) =>
      withoutHash(await insertRow<StoredKey>(tx, ApiKey, fields, call, at)),
    );
    return { ...row, key: row.key_prefix === prefix ? key : null };
  };
