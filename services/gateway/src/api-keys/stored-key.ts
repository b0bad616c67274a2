import type { ApiKeyRow } from '@plantops/contracts';

/** A row of the table of keys. */
export type StoredKey = ApiKeyRow & { readonly key_hash: string };

export const withoutHash = ({ key_hash: _hash, ...row }: StoredKey): ApiKeyRow => row;
