import type { CloudEvent, LineRow, ProductRow } from '@plantops/contracts';
import { releaseWaiting, waitKey, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lineEventKeeper } from './keeper.ts';

/** A line or product became known: what has waited for it is applied. */
export const onMaster =
  ({ now }: Deps) =>
  async (tx: Tx, events: readonly CloudEvent[]): Promise<void> => {
    const keys = events.map(({ type, data }) =>
      type.startsWith('line.') ? waitKey.line((data as LineRow).code) : waitKey.product((data as ProductRow).code),
    );
    await releaseWaiting(tx, lineEventKeeper, [...new Set(keys)], now());
  };
