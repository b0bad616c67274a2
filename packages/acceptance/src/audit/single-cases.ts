/** Cases that random tapes rarely contain, each on a separate line. */
import type { PlantUnderTest } from '@plantops/testing/plant';
import type { Hour } from './hour.ts';
import type { Window } from './terms.ts';

const SECOND = 1_000;

const addLine = async (plant: PlantUnderTest, code: string, plant_id: string, price: object): Promise<string> =>
  (
    await plant.rest<{ id: string }>('POST', '/lines', {
      code,
      name: `Line ${code}`,
      plant_id,
      hourly_cost: 60,
      ...price,
    })
  ).body.id;

/**
 * A stop of 70 s with a threshold of 60 s. The threshold changes to 80 s during the stop, and the stop is split after
 * that.
 */
export async function playSplitStop(plant: PlantUnderTest, { from, plants }: Hour): Promise<string> {
  const start = from + 600 * SECOND;
  const at = (seconds: number) => new Date(start + seconds * SECOND).toISOString();
  const line_id = await addLine(plant, 'SPLIT', plants.roundTheClock, {
    ideal_cycle_seconds: 2,
    micro_stop_seconds: 60,
  });
  await plant.rest('PUT', `/lines/${line_id}`, { micro_stop_seconds: 80, valid_from: at(30) });
  const stop = { line_id, start_time: at(0), end_time: at(70), reason_category: 'mechanical' };
  const { body } = await plant.rest<{ id: string }>('POST', '/downtimes', stop);
  await plant.rest('POST', `/downtimes/${body.id}/split`, { at: at(40) });
  return line_id;
}

/** An open failure, masked by an earlier stop that ends with the window. */
export async function playHiddenFailure(
  plant: PlantUnderTest,
  { from, plants, player }: Hour,
): Promise<{ line_id: string; window: Window }> {
  const at = (seconds: number) => new Date(from + seconds * SECOND).toISOString();
  const line_id = await addLine(plant, 'HIDDEN', plants.roundTheClock, { ideal_cycle_seconds: 2 });
  const covering = { id: 'covering', start_time: at(600), end_time: at(1_800), reason_category: 'quality' };
  await player.publish({ line: 'HIDDEN', kind: 'downtime.ended', body: covering });
  const hidden = { id: 'hidden', downtime_ref: 'hidden', at: at(1_200), reason_category: 'mechanical' };
  await player.publish({ line: 'HIDDEN', kind: 'downtime.started', body: hidden });
  return { line_id, window: { from, to: from + 1_800 * SECOND } };
}

/** A line that is busy only by its counts. One has a product with a slower cycle than the line's own. */
export async function playLooseCount(plant: PlantUnderTest, { from, plants, player, product }: Hour): Promise<string> {
  const line_id = await addLine(plant, 'LOOSE', plants.overMidnight, { ideal_cycle_seconds: 2 });
  await plant.rest('PUT', `/products/${product}/rates/${line_id}`, { ideal_cycle_seconds: 5 });
  const body = {
    id: 'loose',
    at: new Date(from + 600 * SECOND).toISOString(),
    good: 10,
    reject: 1,
    product_code: 'FULL',
  };
  await player.publish({ line: 'LOOSE', kind: 'count', body });
  return line_id;
}

/** One shift in two equal calendar versions. Its only count is before the second version is in force. */
export async function playSharedShift(
  plant: PlantUnderTest,
  { from, player }: Hour,
): Promise<{ line_id: string; window: Window }> {
  const at = (seconds: number) => new Date(from + seconds * SECOND).toISOString();
  const { body } = await plant.rest<{ id: string }>('POST', '/plants', {
    code: 'D',
    name: 'Two calendars',
    timezone: 'UTC',
  });
  const [start, end] = [at(-3_600), at(7_200)].map((time) => time.slice(11, 16));
  const weekly = [{ name: 'one', start, end, weekdays: [1, 2, 3, 4, 5, 6, 7] }];
  await plant.rest('PUT', `/plants/${body.id}/shifts`, { weekly });
  await plant.rest('PUT', `/plants/${body.id}/shifts`, { weekly, valid_from: at(900) });
  const line_id = await addLine(plant, 'SHARED', body.id, { ideal_cycle_seconds: 2 });
  await player.publish({ line: 'SHARED', kind: 'count', body: { id: 'shared', at: at(600), good: 10 } });
  return { line_id, window: { from: from + 1_200 * SECOND, to: from + 1_800 * SECOND } };
}
