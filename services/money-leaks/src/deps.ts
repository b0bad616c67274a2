import type { Base, BatchCheck, Lookup } from '@plantops/backbone';
import type { LineRow, PlantRow, ProductRow } from '@plantops/contracts';
import type { Bus } from '@plantops/service-kit';

/** What the use cases of this service work with. */
export type Deps = Base & {
  readonly bus: Bus;
  readonly line: Lookup<LineRow>;
  readonly plant: Lookup<PlantRow>;
  readonly product: Lookup<ProductRow>;
  readonly batch: BatchCheck;
};
