import type { LineRow, PlantRow } from '@plantops/contracts';
import type { Database } from '@plantops/persistence';
import type { Call, Clock } from '@plantops/service-kit';

type Find<R> = (id: string, call: Call) => Promise<R>;
/** What the use cases of this service work with. `line` and `plant` find what a command names, or refuse. */
export type Deps = { readonly database: Database; readonly now: Clock; readonly line: Find<LineRow>; readonly plant: Find<PlantRow> };
