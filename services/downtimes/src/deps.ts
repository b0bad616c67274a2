import type { Base, BatchCheck, Lookup } from '@plantops/backbone';
import type { LineRow, PlantRow } from '@plantops/contracts';

/** What the use cases of this service need. */
export type Deps = Base & {
  readonly line: Lookup<LineRow>;
  readonly batch: BatchCheck;
  /** Asks for the plant of a line, by its id. */
  readonly plant: (tenant: string, id: string) => Promise<PlantRow>;
};
