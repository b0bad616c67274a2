/**
 * API keys: `po_<tenant>_<prefix>_<secret>`. The tenant owns the key, the prefix identifies it, the secret proves it.
 */
import { Problem, type ApiKeyRow } from '@plantops/contracts';

const KEY = /^po_([a-z0-9-]{1,32})_([a-f0-9]{12})_([A-Za-z0-9_-]{43})$/;

export type ParsedKey = { readonly tenant: string; readonly prefix: string };
/** The parts of a key; undefined if the text is not a key. */
export const parseKey = (key: string): ParsedKey | undefined => {
  const [, tenant, prefix] = KEY.exec(key) ?? [];
  return tenant === undefined || prefix === undefined ? undefined : { tenant, prefix };
};
export const formatKey = (tenant: string, prefix: string, secret: string): string => `po_${tenant}_${prefix}_${secret}`;

export const isUsable = (
  { revoked_at, expires_at }: Pick<ApiKeyRow, 'revoked_at' | 'expires_at'>,
  now: string,
): boolean => revoked_at === null && (expires_at === null || expires_at > now);

export const revoke = ({ revoked_at }: Pick<ApiKeyRow, 'revoked_at'>, now: string): Partial<ApiKeyRow> => {
  if (revoked_at !== null) throw new Problem('illegal_transition', `it was revoked at ${revoked_at} already`);
  return { revoked_at: now };
};
