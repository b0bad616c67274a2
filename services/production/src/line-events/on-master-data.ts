import type { CloudEvent, LineRow, ProductRow } from '@plantops/contracts';
import { releaseWaiting, waitKey, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { unitsOf } from '../units/units.rules.ts';
import { lineEventHandler } from './line-event-handler.ts';

/** A line was added: applies the line events that wait for it. */
export const onLines = releasing<LineRow>(({ code }) => [waitKey.line(code)]);
/** A product was added or has another unit: applies the line events that wait for it. */
export const onProducts = releasing<ProductBefore>(({ code, unit, units = [] }) => [
  waitKey.product(code),
  ...unitsOf({ unit, units }).map((known) => waitKey.unit(code, known)),
]);
/** A version before announced products without other units. */
type ProductBefore = Omit<ProductRow, 'units'> & Partial<Pick<ProductRow, 'units'>>;

function releasing<R>(keysOf: (row: R) => string[]) {
  return ({ now }: Deps) =>
    (events: readonly CloudEvent<R>[], tx: Tx): Promise<void> =>
      releaseWaiting(tx, lineEventHandler, [...new Set(events.flatMap(({ data }) => keysOf(data)))], now());
}
