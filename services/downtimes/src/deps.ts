import type { Base, BatchCheck, Lookup } from '@plantops/backbone';
import type { LineRow } from '@plantops/contracts';

/** What the use cases of this service need. */
export type Deps = Base & { readonly line: Lookup<LineRow>; readonly batch: BatchCheck };
