import { meaningsOf, type CloudEvent, type LineRow, type StateMap } from '@plantops/contracts';
import { releaseWaiting, rememberMaster, waitKey, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lineEventHandler } from './line-event-handler.ts';

/** The names that a map adds to those of PlantOps itself. */
const namesOf = (map: StateMap | null | undefined): string[] => (map ? [...meaningsOf(map).keys()] : []);

/** A line was added or changed: copies its row and applies the line events that wait for it. */
export const onLines =
  ({ now }: Pick<Deps, 'now'>) =>
  async (events: readonly CloudEvent<LineRow>[], tx: Tx): Promise<void> => {
    await rememberMaster(tx, events);
    const keys = events.flatMap(({ data: { code, versions } }) => [
      waitKey.line(code),
      ...versions.flatMap(({ state_map }) => namesOf(state_map)).map((name) => waitKey.state(code, name)),
    ]);
    await releaseWaiting(tx, lineEventHandler, [...new Set(keys)], now());
  };
