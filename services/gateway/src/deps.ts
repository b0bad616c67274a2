import type { Database } from '@plantops/persistence';
import type { Clock } from '@plantops/service-kit';

/** What the gateway's own use cases work with: they know API keys, and nothing else of the business. */
export type Deps = { readonly database: Database; readonly now: Clock };
