/** What the bench runs on: a whole plant, the floor beside it, and a process that makes the load. */
import { setTimeout as delay } from 'node:timers/promises';
import { serviceNames } from '@plantops/contracts';
import { waitFor } from '@plantops/fixtures';
import { difference, PlantTables, PlantUnderTest, processorSeconds, processorSecondsOf } from '@plantops/testing/plant';
import type { Run } from './figures.ts';
import { Floor } from './floor/floor.ts';
import type { Done, Job, RequestsJob } from './loader/jobs.ts';
import { Loader } from './loader/loader.ts';
import type { Options } from './options.ts';

const REST_WINDOW_MS = 100;
/** A plant that has nothing to do uses less. */
const REST_SECONDS = 0.01;
const REST_WITHIN_MS = 120_000;

export type Side = 'plantops' | 'floor';
export const SIDES: readonly Side[] = ['plantops', 'floor'];

type Parts = Pick<World, 'plant' | 'floor' | 'tables' | 'loader' | 'options'>;

export class World {
  readonly plant: PlantUnderTest;
  readonly floor: Floor;
  readonly tables: PlantTables;
  readonly loader: Loader;
  readonly options: Options;

  private constructor(parts: Parts) {
    this.plant = parts.plant;
    this.floor = parts.floor;
    this.tables = parts.tables;
    this.loader = parts.loader;
    this.options = parts.options;
  }

  /** Starts everything. `onStart` gets a function for each part that ends it; they are to be called in reverse order. */
  static async start(options: Options, onStart: (stop: () => Promise<unknown>) => void): Promise<World> {
    const plant = await PlantUnderTest.create({ PLANTOPS_LOG_LEVEL: 'warn' });
    onStart(() => plant.remove());
    await plant.start();
    const loader = new Loader();
    onStart(() => loader.close());
    const tables = await PlantTables.open(plant.dataDir);
    onStart(() => tables.close());
    const floor = await Floor.start(plant, onStart);
    return new World({ plant, floor, tables, loader, options });
  }

  /** Processor seconds used so far. PostgreSQL and NATS belong to both sides: only one of them is under load. */
  async cpuOf(side: Side): Promise<Map<string, number>> {
    if (side === 'plantops') return processorSeconds(this.plant);
    const { postgres, 'nats-server': nats } = (await this.plant.ready()).processes as Record<string, number>;
    return processorSecondsOf({ ...this.floor.processes, postgres: postgres as number, 'nats-server': nats as number });
  }

  /** Measures a load with everything that follows from it. `after` resolves when the last effect is there. */
  async measure(side: Side, job: Job, after?: (done: Done) => Promise<unknown>): Promise<{ run: Run; done: Done }> {
    const before = await this.cpuOf(side);
    const began = performance.now();
    const done = await this.loader.run(job);
    await after?.(done);
    const seconds = (performance.now() - began) / 1_000;
    // The floor has no effects besides the one that `after` waits for.
    if (after !== undefined && side === 'plantops') await this.rest();
    const cpu = difference(before, await this.cpuOf(side));
    return { done, run: { count: done.sent, failed: done.failed, seconds, cpu } };
  }

  /** Measures requests, by default for the seconds of the options. The time is that of the requests alone, the processor time includes what follows from them. */
  async send(
    side: Side,
    load: Pick<RequestsJob, 'token' | 'connections' | 'requests'> & Partial<Pick<RequestsJob, 'seconds'>>,
    after?: (done: Done) => Promise<unknown>,
  ): Promise<{ run: Run; done: Done }> {
    const url = side === 'floor' ? this.floor.url : (await this.plant.ready()).gateway_url;
    const job = { kind: 'requests', url, seconds: this.options.seconds, ...load } as const;
    const { run, done } = await this.measure(side, job, after);
    return { done, run: { ...run, seconds: done.seconds } };
  }

  /** Resolves when the services have nothing left to do. */
  async rest(): Promise<void> {
    const used = async () => {
      const cpu = await this.cpuOf('plantops');
      return serviceNames.reduce((sum, name) => sum + (cpu.get(name) ?? 0), 0);
    };
    const isAtRest = async () => {
      const before = await used();
      await delay(REST_WINDOW_MS);
      return (await used()) - before <= REST_SECONDS;
    };
    await waitFor('the services to be at rest', isAtRest, REST_WITHIN_MS);
  }
}
