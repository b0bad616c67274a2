/**
 * API keys, for programs that cannot get a token. A key is stored as a hash, has one tenant and one role, and can be
 * revoked.
 */
import { z } from 'zod';
import { operationsOf, roles } from '../contract.ts';
import { byId, changeFields, field, flag, listInput, listOutput, rowFields } from '../fields.ts';
import { instant, name } from '../values.ts';

const { reads, writes } = operationsOf('gateway');

const fields = {
  name: name.describe('What the key is for.'),
  role: z
    .enum(roles)
    .describe(
      'The role that the key gives: viewer, operator, engineer or admin. Each may do what the ones before it may.',
    ),
  expires_at: instant.nullable().describe('Until when the key is good; null: until it is revoked.'),
};
export const apiKeyRow = z
  .object({
    ...rowFields,
    name: fields.name,
    role: fields.role,
    key_prefix: z.string().describe('How the key begins, to distinguish keys.'),
    expires_at: fields.expires_at,
    last_used_at: instant.nullable().describe('When it was used last, to the minute or so; null: never.'),
    revoked_at: instant.nullable().describe('When it was revoked; null: it is good.'),
  })
  .meta({ id: 'ApiKey' });
export type ApiKeyRow = z.infer<typeof apiKeyRow>;

export const createApiKey = writes({
  name: 'create-api-key',
  role: 'admin',
  summary:
    'Make an API key. The answer holds the key itself once: a repeated answer to the same Idempotency-Key leaves it out',
  input: z.strictObject({ ...fields, expires_at: fields.expires_at.default(null) }),
  output: apiKeyRow.extend({
    key: z
      .string()
      .nullable()
      .describe(
        'The key itself, for the header X-API-Key. It is answered once and stored nowhere; null: it was answered before.',
      ),
  }),
});
export const listApiKeys = reads({
  name: 'list-api-keys',
  role: 'admin',
  summary: 'API keys, without the keys themselves',
  input: listInput({ is_active: flag(field.is_active).optional(), ...changeFields }, ['created_at']),
  output: listOutput(apiKeyRow),
});
export const revokeApiKey = writes({
  name: 'revoke-api-key',
  role: 'admin',
  summary: 'Revoke an API key for good. Within a second it is refused everywhere',
  input: byId,
  output: apiKeyRow,
  problems: ['not_found', 'illegal_transition', 'stale_version'],
});
