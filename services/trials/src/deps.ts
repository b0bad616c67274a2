import type { LineRow } from '@plantops/contracts';
import type { Database } from '@plantops/persistence';
import type { Call, Clock } from '@plantops/service-kit';

/** What the use cases of this service work with. `line` finds a line that a command names, or refuses; `batch` refuses one of another line. */
export type Deps = {
  readonly database: Database;
  readonly now: Clock;
  readonly line: (id: string, call: Call) => Promise<LineRow>;
  readonly batch: (id: string | null | undefined, lineId: string, call: Call) => Promise<void>;
};
