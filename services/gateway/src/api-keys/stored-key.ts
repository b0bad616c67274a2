import type { ApiKeyRow } from '@plantops/contracts';

/** A key as the table has it. */
export type StoredKey = ApiKeyRow & { readonly key_hash: string };

export const withoutHash = ({ key_hash: _hash, ...row }: StoredKey): ApiKeyRow => row;
