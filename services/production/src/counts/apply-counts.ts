import { countLogged } from '@plantops/contracts';
import type { Tx, Verdict } from '@plantops/persistence';
import type { Located } from '../line-events/located.ts';
import { applyUnits } from '../units/apply-units.ts';
import { countIn } from '../units/units.rules.ts';
import { UnitCount } from './unit-count.table.ts';

/** Units that lines counted. */
export const applyCounts = (tx: Tx, located: readonly Located<'count'>[], now: string): Promise<Verdict[]> =>
  applyUnits(tx, located, now, {
    table: UnitCount,
    event: countLogged,
    unitNeedsProduct: true,
    rowOf: ({ at, good, reject = 0, unit }, links, product) => ({
      ...links,
      at,
      ...countIn(product, { good, reject, unit }),
      voided_at: null,
      void_reason: null,
    }),
  });
