import type { Role } from '@plantops/contracts';

/** Who sends a request. */
export type Caller = { readonly tenant: string; readonly actor: string; readonly roles: readonly Role[] };
