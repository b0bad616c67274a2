import type { CloudEvent, LineRow } from '@plantops/contracts';
import { releaseWaiting, rememberMaster, waitKey, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lineEventKeeper } from './keeper.ts';

/** A line became known or changed: it is remembered, and what has waited for it is applied. */
export const onMaster =
  ({ now }: Deps) =>
  async (tx: Tx, events: readonly CloudEvent[]): Promise<void> => {
    await rememberMaster(tx, events);
    await releaseWaiting(tx, lineEventKeeper, [...new Set(events.map(({ data }) => waitKey.line((data as LineRow).code)))], now());
  };
