/** Plays the tape to a plant from outside, and reads its totals. */
import { waitFor } from '@plantops/fixtures';
import type { PlantFromOutside } from '@plantops/testing/plant';
import { shuffled, SODA_ZONE, sodaProducts, sodaTape } from './soda-bottling.ts';

const WINDOW = 'from=2024-08-29T00:00:00-04:00&to=2024-09-01T00:00:00-04:00';
const DAYS = ['2024-08-29', '2024-08-30', '2024-08-31'];
const HOURLY_COST = 450;
/** Messages that a killed server had delivered are delivered again after ack_wait, 10 s. */
const APPLIED_WITHIN_MS = 30_000;

type Reasons = {
  items: { reason_category: string; reason_code: string; minutes: number; count: number; cost_usd: number }[];
};
type Categories = { items: { category: string; total: number }[] };
type Stop = { description: string; duration_minutes: number; batch_id: string | null };
type Oee = { availability: number; terms: Record<string, number> };

/** The exact totals of the data. */
export const SODA_TOTALS = {
  minutesByReason: {
    'Machine failure': 181,
    'Inventory shortage': 163,
    'Batch change': 160,
    'Batch coding error': 84,
    'Machine adjustment': 77,
    Other: 60,
    'Product spill': 57,
    'Calibration error': 34,
    'Label switch': 20,
    'Conveyor belt jam': 17,
  },
  costOfMachineFailure: 1357.5,
  stops: 39,
  minutesByProduct: { 'CO-600': 494, 'LE-600': 169, 'DC-600': 115, 'OR-600': 75 },
  minutesByDay: [244, 444, 165],
  availability: (1560 / 2413).toFixed(6),
  terms: { pbt_minutes: 2413, apt_minutes: 1560, changeover_minutes: 160, unplanned_stop_minutes: 693 },
  costByCategory: { downtime_loss: 5197.5, changeover_loss: 1200 },
  minutesByOperator: { 'operator error: No': 421, 'operator error: Yes': 432 },
  rejections: 0,
};

/** A plant with the products of the tape, for any number of lines. */
export class SodaRun {
  readonly #plant: PlantFromOutside;
  readonly #plantId: string;

  private constructor(plant: PlantFromOutside, plantId: string) {
    this.#plant = plant;
    this.#plantId = plantId;
  }

  static async on(plant: PlantFromOutside): Promise<SodaRun> {
    const made = await plant.rest<{ id: string }>('POST', '/plants', {
      code: 'soda',
      name: 'Soda bottling',
      timezone: SODA_ZONE,
    });
    for (const code of sodaProducts()) await plant.rest('POST', '/products', { code, name: code, unit_cost: 1 });
    return new SodaRun(plant, made.body.id);
  }

  /**
   * Publishes the tape, each event twice and shuffled, and creates the line after half of it. Calls `disturb`
   * meanwhile.
   */
  async play(code: string, seed: number, disturb: () => Promise<void> = async () => {}): Promise<string> {
    const tape = sodaTape(code);
    const twice = shuffled([...tape, ...tape], seed);
    const half = Math.floor(twice.length / 2);
    await this.#publish(twice.slice(0, half));
    const line = await this.#plant.rest<{ id: string }>('POST', '/lines', {
      code,
      plant_id: this.#plantId,
      name: code,
      hourly_cost: HOURLY_COST,
      ideal_cycle_seconds: 1,
    });
    await Promise.all([this.#publish(twice.slice(half)), disturb()]);
    const scope = `line_id=${line.body.id}`;
    await waitFor(
      'every stop to be in the ledger',
      async () =>
        sum(await this.#minutesBy(`${scope}&${WINDOW}`)) === 853 &&
        (await this.#get<Oee>(`/lines/${line.body.id}/oee?${WINDOW}`)).terms['pbt_minutes'] === 2413 &&
        (await this.#get<Categories>(`/money-leaks/by-category?${scope}&${WINDOW}`)).items.reduce(
          (total, { total: amount }) => total + amount,
          0,
        ) === 6397.5,
      30_000,
    );
    return scope;
  }

  /** The plant's totals of a line. */
  async totalsOf(scope: string) {
    const stops = await waitFor(
      'every stop to have its batch',
      async () => {
        const { items } = await this.#get<{ items: Stop[] }>(`/downtimes?${scope}&limit=100`);
        return items.every(({ batch_id }) => batch_id !== null) && items;
      },
      APPLIED_WITHIN_MS,
    );
    const reasons = await this.#minutesBy(`${scope}&${WINDOW}`);
    const { items: products } = await this.#get<{ items: { id: string; code: string }[] }>('/products');
    const { items: categories } = await this.#get<Categories>(`/money-leaks/by-category?${scope}&${WINDOW}`);
    const { availability, terms } = await this.#get<Oee>(`/lines/${scope.slice('line_id='.length)}/oee?${WINDOW}`);
    const { pbt_minutes, apt_minutes, changeover_minutes, unplanned_stop_minutes } = terms;
    const ofProduct = async (id: string) => sum(await this.#minutesBy(`${scope}&${WINDOW}&product_id=${id}`));
    const ofDay = async (day: string) =>
      sum(await this.#minutesBy(`${scope}&from=${day}T00:00:00-04:00&to=${day}T23:59:59.999-04:00`));
    return {
      minutesByReason: Object.fromEntries(reasons.map(({ reason_code, minutes }) => [reason_code, minutes])),
      costOfMachineFailure: reasons.find(({ reason_code }) => reason_code === 'Machine failure')?.cost_usd,
      stops: reasons.reduce((count, row) => count + row.count, 0),
      minutesByProduct: Object.fromEntries(
        await Promise.all(products.map(async ({ id, code }) => [code, await ofProduct(id)])),
      ),
      minutesByDay: await Promise.all(DAYS.map(ofDay)),
      availability: availability.toFixed(6),
      terms: { pbt_minutes, apt_minutes, changeover_minutes, unplanned_stop_minutes },
      costByCategory: Object.fromEntries(categories.map(({ category, total }) => [category, total])),
      minutesByOperator: Object.fromEntries(
        [...Map.groupBy(stops, ({ description }) => description)].map(([said, of]) => [
          said,
          of.reduce((total, { duration_minutes }) => total + duration_minutes, 0),
        ]),
      ),
      rejections: (await this.#get<{ total: number }>('/ingest/rejections')).total,
    };
  }

  async #publish(events: readonly object[]): Promise<void> {
    const { code, output } = await this.#plant.publishEvents(events);
    if (code !== 0) throw new Error(`the tape was not accepted:\n${output}`);
  }

  async #get<T>(path: string): Promise<T> {
    return (await this.#plant.rest<T>('GET', path)).body;
  }

  async #minutesBy(filter: string) {
    return (await this.#get<Reasons>(`/downtimes/by-reason?${filter}`)).items;
  }
}

const sum = (rows: readonly { minutes: number }[]) => rows.reduce((total, { minutes }) => total + minutes, 0);
