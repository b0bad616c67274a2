/** API keys: for programs that cannot get a token. Kept hashed, of one tenant and role, revocable. */
import { z } from 'zod';
import { operationsOf, roles } from '../contract.ts';
import { byId, id, inQuery, instant, listInput, listOutput, name, rowFields } from '../values.ts';

const { reads, writes } = operationsOf('gateway');

export const apiKeyRow = z.object({
  ...rowFields,
  id,
  name,
  role: z.enum(roles),
  key_prefix: z.string(),
  expires_at: instant.nullable(),
  last_used_at: instant.nullable(),
  revoked_at: instant.nullable(),
});
export type ApiKeyRow = z.infer<typeof apiKeyRow>;

export const createApiKey = writes({
  name: 'create-api-key',
  role: 'admin',
  summary: 'Make an API key. The key itself is answered this once: a repeated answer to the same Idempotency-Key leaves it out',
  input: z.strictObject({ name, role: z.enum(roles), expires_at: instant.nullable().default(null) }),
  output: apiKeyRow.extend({ key: z.string().nullable() }),
});
export const listApiKeys = reads({
  name: 'list-api-keys',
  role: 'admin',
  summary: 'API keys, without the keys themselves',
  input: listInput({ is_active: inQuery.flag.optional() }, ['created_at']),
  output: listOutput(apiKeyRow),
});
export const revokeApiKey = writes({
  name: 'revoke-api-key',
  role: 'admin',
  summary: 'Revoke an API key, for good: within a second it opens nothing any more',
  input: byId,
  output: apiKeyRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
});
