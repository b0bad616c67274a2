import type { Base, BatchCheck, Lookup } from '@plantops/backbone';
import type { LineRow } from '@plantops/contracts';

/** What the use cases of this service work with. */
export type Deps = Base & { readonly line: Lookup<LineRow>; readonly batch: BatchCheck };
