import {
  lateUnitMs,
  meaningsOf,
  type CloudEvent,
  type LinePrice,
  type LineRow,
  type StateMap,
} from '@plantops/contracts';
import { findMaster, lockLineEvents, releaseWaiting, rememberMaster, waitKey, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lockLine } from '../downtimes/refuse-overlap.ts';
import { deriveStops } from '../states/derive-stops.ts';
import { changedSince, daysSince } from '../states/noise.rules.ts';
import { assumeEndsSince } from '../activity/end-by-units.ts';
import { firstActivity } from '../activity/note-activity.ts';
import { beginToWatch, lookForSilence } from '../silence/watch-silence.ts';
import { lineEventHandler } from './line-event-handler.ts';

/** The names that a map adds to those of PlantOps itself. */
const namesOf = (map: StateMap | null | undefined): string[] => (map ? [...meaningsOf(map).keys()] : []);

/** What decides, of the settings of a line, which stops its states make. */
const judgesStops = (version: LinePrice) => [
  version.ignore_stop_seconds ?? 0,
  version.units_end_stops ?? true,
  lateUnitMs(version),
];
const allowsSilence = ({ silence_seconds }: LinePrice) => silence_seconds ?? null;

/** The stops of a line follow its new settings. */
const deriveAgain = async (tx: Tx, before: LineRow | undefined, line: LineRow, now: string): Promise<void> => {
  if (before !== undefined && before.version >= line.version) return;
  await watchAgain(tx, before, line, now);
  const since = before && changedSince(before.versions, line.versions, judgesStops, now);
  if (!since) return;
  await lockLine(tx, line.id);
  // A day at a time: a line may have reported hundreds of thousands of states.
  for (const day of daysSince(since, now)) await deriveStops(tx, line, day, now);
  await assumeEndsSince(tx, line, since, now);
};

/** A new line may have sent events before it was known. */
const watchAgain = async (tx: Tx, before: LineRow | undefined, line: LineRow, now: string): Promise<void> => {
  const since = before
    ? changedSince(before.versions, line.versions, allowsSilence, now)
    : await firstActivity(tx, line.code);
  const from = since ?? (before?.is_active === line.is_active ? undefined : now);
  if (from === undefined) return;
  await beginToWatch(tx, line);
  await lookForSilence(tx, line.id, { from, to: null }, now);
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
    await lockLineEvents(tx);
    await rememberMaster(tx, events);
    for (const { data } of events) await deriveAgain(tx, before.get(data.id), data, now());
    const keys = events.flatMap(({ data: { code, versions } }) => [
      waitKey.line(code),
      ...versions.flatMap(({ state_map }) => namesOf(state_map)).map((name) => waitKey.state(code, name)),
    ]);
    await releaseWaiting(tx, lineEventHandler, [...new Set(keys)], now());
  };
