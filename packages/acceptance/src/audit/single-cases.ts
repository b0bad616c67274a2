/** What chance brings about too seldom, told on purpose on lines of its own. */
import type { PlantUnderTest } from '@plantops/testing/plant';
import type { Hour } from './hour.ts';
import type { Window } from './terms.ts';

const SECOND = 1_000;

const addLine = async (plant: PlantUnderTest, code: string, plant_id: string, price: object): Promise<string> =>
  (await plant.rest<{ id: string }>('POST', '/lines', { code, name: `Line ${code}`, plant_id, hourly_cost: 60, ...price })).body.id;

/** 70 s long, where 60 are a stop; in its midst 80 are, and it is cut after that. */
export const tellSplitStop = async (plant: PlantUnderTest, { from, plants }: Hour): Promise<string> => {
  const start = from + 600 * SECOND;
  const at = (seconds: number) => new Date(start + seconds * SECOND).toISOString();
  const line_id = await addLine(plant, 'SPLIT', plants.roundTheClock, { ideal_cycle_seconds: 2, micro_stop_seconds: 60 });
  await plant.rest('PUT', `/lines/${line_id}`, { micro_stop_seconds: 80, valid_from: at(30) });
  const stop = { line_id, start_time: at(0), end_time: at(70), reason_category: 'mechanical' };
  const { body } = await plant.rest<{ id: string }>('POST', '/downtimes', stop);
  await plant.rest('POST', `/downtimes/${body.id}/split`, { at: at(40) });
  return line_id;
};

/** A failure that goes on, under a stop that was there before and ends with the window that is asked about. */
export const tellHiddenFailure = async (
  plant: PlantUnderTest,
  { from, plants, player }: Hour,
): Promise<{ line_id: string; window: Window }> => {
  const at = (seconds: number) => new Date(from + seconds * SECOND).toISOString();
  const line_id = await addLine(plant, 'HIDDEN', plants.roundTheClock, { ideal_cycle_seconds: 2 });
  const covering = { id: 'covering', start_time: at(600), end_time: at(1_800), reason_category: 'quality' };
  await player.tell({ line: 'HIDDEN', kind: 'downtime.ended', body: covering });
  const hidden = { id: 'hidden', downtime_ref: 'hidden', at: at(1_200), reason_category: 'mechanical' };
  await player.tell({ line: 'HIDDEN', kind: 'downtime.started', body: hidden });
  return { line_id, window: { from, to: from + 1_800 * SECOND } };
};

/** Busy by its counts alone; one names a product that is made slower than the line's own cycle. */
export const tellLooseCount = async (plant: PlantUnderTest, { from, plants, player, product }: Hour): Promise<string> => {
  const line_id = await addLine(plant, 'LOOSE', plants.overMidnight, { ideal_cycle_seconds: 2 });
  await plant.rest('PUT', `/products/${product}/rates/${line_id}`, { ideal_cycle_seconds: 5 });
  const body = { id: 'loose', at: new Date(from + 600 * SECOND).toISOString(), good: 10, reject: 1, product_code: 'FULL' };
  await player.tell({ line: 'LOOSE', kind: 'count', body });
  return line_id;
};

/** One shift under two calendars that say the same; its only count lies before the second one holds. */
export const tellSharedShift = async (plant: PlantUnderTest, { from, player }: Hour): Promise<{ line_id: string; window: Window }> => {
  const at = (seconds: number) => new Date(from + seconds * SECOND).toISOString();
  const { body } = await plant.rest<{ id: string }>('POST', '/plants', { code: 'D', name: 'Two calendars', timezone: 'UTC' });
  const [start, end] = [at(-3_600), at(7_200)].map((time) => time.slice(11, 16));
  const weekly = [{ name: 'one', start, end, weekdays: [1, 2, 3, 4, 5, 6, 7] }];
  await plant.rest('PUT', `/plants/${body.id}/shifts`, { weekly });
  await plant.rest('PUT', `/plants/${body.id}/shifts`, { weekly, valid_from: at(900) });
  const line_id = await addLine(plant, 'SHARED', body.id, { ideal_cycle_seconds: 2 });
  await player.tell({ line: 'SHARED', kind: 'count', body: { id: 'shared', at: at(600), good: 10 } });
  return { line_id, window: { from: from + 1_200 * SECOND, to: from + 1_800 * SECOND } };
};
