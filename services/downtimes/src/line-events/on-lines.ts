import type { CloudEvent, LineRow } from '@plantops/contracts';
import { releaseWaiting, rememberMaster, waitKey, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lineEventHandler } from './line-event-handler.ts';

/** A line became known or changed: its row is copied, and the line events that wait for it are applied. */
export const onLines =
  ({ now }: Pick<Deps, 'now'>) =>
  async (events: readonly CloudEvent<LineRow>[], tx: Tx): Promise<void> => {
    await rememberMaster(tx, events);
    await releaseWaiting(tx, lineEventHandler, [...new Set(events.map(({ data }) => waitKey.line(data.code)))], now());
  };
