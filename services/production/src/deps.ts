import type { Database } from '@plantops/persistence';
import type { Clock } from '@plantops/service-kit';

/** What the use cases of this service work with. */
export type Deps = { readonly database: Database; readonly now: Clock };
