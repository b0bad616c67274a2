import type { CloudEvent, PlantRow } from '@plantops/contracts';
import { findMaster, linesOfPlant, rememberMaster, type Tx } from '@plantops/persistence';
import type { Deps } from '../deps.ts';
import { lookForSilence } from '../silence/watch-silence.ts';
import { earliestChange } from '../states/noise.rules.ts';

/** A plant was added or changed: copies its row. With other shifts its lines were silent at other times. */
export const onPlants =
  ({ now }: Pick<Deps, 'now'>) =>
  async (events: readonly CloudEvent<PlantRow>[], tx: Tx): Promise<void> => {
    const before = await findMaster<PlantRow>(
      tx,
      'plant',
      events.map(({ data }) => data.id),
    );
    await rememberMaster(tx, events);
    const at = now();
    for (const { data } of events)
      if (shiftsOf(before.get(data.id)) !== shiftsOf(data))
        for (const lineId of (await linesOfPlant(tx, data.id)) ?? [])
          await lookForSilence(tx, lineId, { from: earliestChange(at), to: at }, at);
  };

const shiftsOf = (plant: PlantRow | undefined): string => JSON.stringify([plant?.timezone, plant?.calendars]);
