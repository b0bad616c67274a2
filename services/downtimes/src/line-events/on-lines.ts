import { meaningsOf, type CloudEvent, type LineRow, type StateMap } from '@plantops/contracts';
import { findMaster, lockLineEvents, releaseWaiting, rememberMaster, waitKey, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import { deriveStops } from '../states/derive-stops.ts';
import { daysSince, noiseChangedSince } from '../states/noise.rules.ts';
import { lineEventHandler } from './line-event-handler.ts';

/** The names that a map adds to those of PlantOps itself. */
const namesOf = (map: StateMap | null | undefined): string[] => (map ? [...meaningsOf(map).keys()] : []);

/** Stops that have become noise, or that no longer are, follow the line's new setting. */
const deriveNoise = async (tx: Tx, before: LineRow | undefined, line: LineRow, now: string): Promise<void> => {
  const since = before && before.version < line.version && noiseChangedSince(before.versions, line.versions, now);
  if (!since) return;
  await lockLineEvents(tx);
  await lockLine(tx, line.id);
  // A day at a time: a line may have reported hundreds of thousands of states.
  for (const day of daysSince(since, now)) await deriveStops(tx, line, day, now);
};

/** A line was added or changed: copies its row and applies the line events that wait for it. */
export const onLines =
  ({ now }: Pick<Deps, 'now'>) =>
  async (events: readonly CloudEvent<LineRow>[], tx: Tx): Promise<void> => {
    const before = await findMaster<LineRow>(
      tx,
      'line',
      events.map(({ data }) => data.id),
    );
    await rememberMaster(tx, events);
    for (const { data } of events) await deriveNoise(tx, before.get(data.id), data, now());
    const keys = events.flatMap(({ data: { code, versions } }) => [
      waitKey.line(code),
      ...versions.flatMap(({ state_map }) => namesOf(state_map)).map((name) => waitKey.state(code, name)),
    ]);
    await releaseWaiting(tx, lineEventHandler, [...new Set(keys)], now());
  };
