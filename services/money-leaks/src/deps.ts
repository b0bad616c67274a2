import type { LineRow, PlantRow, ProductRow } from '@plantops/contracts';
import type { Database } from '@plantops/persistence';
import type { Call, Clock } from '@plantops/service-kit';

type Find<R> = (id: string, call: Call) => Promise<R>;
/**
 * What the use cases of this service work with. `line`, `plant` and `product` find what a command names, and throw `invalid` where it does not
 * exist; `batch` throws it for a batch of another line.
 */
export type Deps = {
  readonly database: Database;
  readonly now: Clock;
  readonly line: Find<LineRow>;
  readonly plant: Find<PlantRow>;
  readonly product: Find<ProductRow>;
  readonly batch: (id: string | null, lineId: string, call: Call) => Promise<void>;
};
