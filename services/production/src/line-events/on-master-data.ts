import type { CloudEvent, LineRow, ProductRow } from '@plantops/contracts';
import { releaseWaiting, waitKey, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lineEventHandler } from './line-event-handler.ts';

/** A line was added: applies the line events that wait for it. */
export const onLines = releasing<LineRow>(({ code }) => waitKey.line(code));
/** A product was added: applies the line events that wait for it. */
export const onProducts = releasing<ProductRow>(({ code }) => waitKey.product(code));

function releasing<R>(keyOf: (row: R) => string) {
  return ({ now }: Deps) =>
    (events: readonly CloudEvent<R>[], tx: Tx): Promise<void> =>
      releaseWaiting(tx, lineEventHandler, [...new Set(events.map(({ data }) => keyOf(data)))], now());
}
