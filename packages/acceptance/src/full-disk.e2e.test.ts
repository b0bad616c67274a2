/** A disk that fills up under load and has room again: "What fills up" in docs/operations.md. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createPlantOps } from '@plantops/client';
import { describeWhere, waitFor } from '@plantops/fixtures';
import { PlantTables, PlantUnderTest, SmallDisk } from '@plantops/testing/plant';

/** A new plant needs a quarter of it. */
const SIZE = '420m';
const BASE = '/api/v1/plant-ops';

const folder = await mkdtemp(join(tmpdir(), 'plantops-disk-'));
const disk = await SmallDisk.mount(folder, SIZE);
let plant: PlantUnderTest | undefined;
afterAll(async () => {
  await disk?.free();
  await plant?.remove().catch(() => undefined);
  await disk?.unmount();
  await rm(folder, { recursive: true, force: true });
});

/** Adds plants, one after the other, and reads them, until it is stopped. */
class Load {
  /** The ids of the plants whose addition was acknowledged. */
  readonly added: string[] = [];
  /** Every other answer: its status, code and Retry-After. */
  readonly refused: (readonly [number, string | undefined, string | null])[] = [];
  readonly unread: unknown[] = [];
  #isStopped = false;
  readonly #working: Promise<unknown>;

  constructor(baseUrl: string, token: string) {
    const api = createPlantOps({ baseUrl, token });
    this.#working = Promise.all([this.#add(api), this.#read(api)]);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#working;
  }

  async #add(api: ReturnType<typeof createPlantOps>): Promise<void> {
    for (let n = 1; !this.#isStopped; n += 1) {
      const body = { code: `P${n}`, name: 'x'.repeat(100), timezone: 'UTC' };
      const { data, error, response } = await api.POST(`${BASE}/plants`, { body });
      if (data) this.added.push(data.id);
      else this.refused.push([response.status, error.code, response.headers.get('retry-after')]);
    }
  }

  async #read(api: ReturnType<typeof createPlantOps>): Promise<void> {
    while (!this.#isStopped) {
      const { error } = await api.GET(`${BASE}/plants`, { params: { query: { limit: 5 } } });
      if (error) this.unread.push(error);
    }
  }
}

const withDisk = describeWhere(describe, disk !== undefined, 'no disk can be mounted');
withDisk('a full disk', () => {
  test('reads are answered, writes are refused with 503 and Retry-After, nothing is lost, and with room all goes on by itself', async () => {
    plant = await PlantUnderTest.create({}, join(folder, 'data'));
    await plant.start();
    const { gateway_url, tenants } = await plant.ready();
    const load = new Load(gateway_url, tenants['akron']?.tokens.admin as string);
    await waitFor('the load', () => load.added.length > 20, 30_000);
    // The plant gives up its reserve first, and that is filled too.
    await waitFor(
      'writes to be refused',
      async () => {
        await disk?.fill();
        return load.refused.length > 20;
      },
      60_000,
    );
    const before = load.added.length;
    await disk?.free();
    await waitFor('writes to go on', () => load.added.length > before + 20, 60_000);
    await load.stop();

    expect(load.unread).toEqual([]);
    // Of a write that was in hand when NATS was started again, nobody knows.
    const answers = load.refused.filter(([, code]) => code !== 'outcome_unknown');
    expect(answers.length).toBeGreaterThan(0);
    expect(answers.filter(([status, , retryAfter]) => status !== 503 || retryAfter === null)).toEqual([]);
    const tables = await PlantTables.open(plant.dataDir);
    const rows = await tables.query<{ id: string }>('production', 'select id from plant');
    const kept = new Set(rows.map(({ id }) => id));
    expect(load.added.filter((id) => !kept.has(id))).toEqual([]);
    const pending = () => tables.query('production', 'select from outbox where published_at is null');
    await waitFor('all events to be published', async () => (await pending()).length === 0, 30_000);
    await tables.close();
  }, 240_000);
});
