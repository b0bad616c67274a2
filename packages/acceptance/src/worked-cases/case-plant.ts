/**
 * A running plant with a separate line for each worked case. Lines are created over REST, and line events are sent over
 * NATS.
 */
import { createPlantOps, type PlantOps } from '@plantops/client';
import { connect, type NatsConnection } from 'nats';
import { PlantUnderTest } from '@plantops/testing/plant';
import { CaseLine } from './case-line.ts';
import { BASE, dataOf } from './gateway.ts';
import type { LineEvent } from './line-events.ts';

const TENANT = 'akron';

type Pause = readonly [start: string, end: string];
/** A shift of every day of the week. */
export const shift = (name: string, start: string, end: string, ...breaks: readonly Pause[]) => ({
  name,
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  start,
  end,
  breaks: breaks.map(([from, to]) => ({ start: from, end: to })),
});

export type Site = { readonly timezone?: string; readonly weekly?: ReturnType<typeof shift>[] };
export type Line = {
  readonly hourly_cost?: number;
  readonly ideal_cycle_seconds: number;
  readonly micro_stop_seconds?: number;
  readonly units_end_stops?: boolean;
  readonly silence_seconds?: number;
  readonly counter_modulus?: number;
  readonly units_per_pulse?: number;
  readonly count_basis?: 'good' | 'gross';
};
export type Product = {
  readonly unit?: string;
  readonly units?: { readonly unit: string; readonly factor: number | string }[];
  readonly unit_cost?: number;
  readonly salvage_value?: number;
  readonly cost_basis?: 'full' | 'material';
};

export class CasePlant {
  readonly api: PlantOps;
  /** Every line that was added. */
  readonly lines: CaseLine[] = [];
  readonly #plant: PlantUnderTest;
  readonly #edge: NatsConnection;

  private constructor(plant: PlantUnderTest, api: PlantOps, edge: NatsConnection) {
    [this.#plant, this.api, this.#edge] = [plant, api, edge];
  }

  static async start(): Promise<CasePlant> {
    const plant = await PlantUnderTest.create();
    await plant.start();
    const { gateway_url, nats_url, tenants } = await plant.ready();
    const { edge, tokens } = tenants[TENANT] as NonNullable<(typeof tenants)[string]>;
    const connection = await connect({ servers: new URL(nats_url).host, user: edge.user, pass: edge.password });
    return new CasePlant(plant, createPlantOps({ baseUrl: gateway_url, token: tokens.admin }), connection);
  }

  async close(): Promise<void> {
    await this.#edge.close();
    await this.#plant.remove();
  }

  /** Creates a plant with its calendar; without one every hour is scheduled. */
  async site(code: string, { timezone = 'UTC', weekly }: Site = {}): Promise<string> {
    const { id } = await dataOf(this.api.POST(`${BASE}/plants`, { body: { code, name: code, timezone } }));
    if (weekly !== undefined)
      await dataOf(this.api.PUT(`${BASE}/plants/{id}/shifts`, { params: { path: { id } }, body: { weekly } }));
    return id;
  }

  /** Creates a line and its product, both with this code. */
  async line(
    code: string,
    plant_id: string,
    { hourly_cost = 60, ...line }: Line,
    product: Product = {},
  ): Promise<CaseLine> {
    await dataOf(this.api.POST(`${BASE}/products`, { body: { code, name: code, unit_cost: 1, ...product } }));
    const { id } = await dataOf(
      this.api.POST(`${BASE}/lines`, { body: { code, plant_id, name: code, hourly_cost, ...line } }),
    );
    const added = new CaseLine(this.api, { id, code, plant_id }, (events) => this.publish(code, events));
    this.lines.push(added);
    return added;
  }

  /**
   * Publishes line events as a line system does; resolves when the broker has stored them all. The tapes are old: an
   * event is sent as a backfill unless it says otherwise.
   */
  async publish(line: string, events: readonly LineEvent[]): Promise<void> {
    const stream = this.#edge.jetstream();
    await Promise.all(
      events.map(({ kind, ...body }) =>
        stream.publish(`plantops.ingest.${TENANT}.${line}.${kind}`, JSON.stringify({ backfill: true, ...body })),
      ),
    );
  }
}
