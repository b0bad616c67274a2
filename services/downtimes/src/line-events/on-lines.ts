import type { CloudEvent, LineRow } from '@plantops/contracts';
import { releaseWaiting, rememberMaster, waitKey, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lineEventHandler } from './line-event-handler.ts';

/** A line was added or changed: copies its row and applies the line events that wait for it. */
export const onLines =
  ({ now }: Pick<Deps, 'now'>) =>
  async (events: readonly CloudEvent<LineRow>[], tx: Tx): Promise<void> => {
    await rememberMaster(tx, events);
    await releaseWaiting(tx, lineEventHandler, [...new Set(events.map(({ data }) => waitKey.line(data.code)))], now());
  };
