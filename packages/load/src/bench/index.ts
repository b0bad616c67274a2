/**
 * `pnpm bench [name …] [--rows N] [--json FILE]`: what PlantOps costs, as ratios to a floor that runs beside it in the
 * same run, with a small and a large history. docs/performance.md explains the figures. Ends with code 1 when a request
 * failed.
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { benchGrowth, LISTS, OEE, OVERVIEW } from './growth.ts';
import type { Row } from './figures.ts';
import { fill } from './history.ts';
import { readOptions, type BenchName, type Options } from './options.ts';
import { costsOf, tableOf } from './report.ts';
import { benchRequests } from './requests.ts';
import { benchIngest, benchReadings } from './streams.ts';
import { addTenant, type Tenant } from './tenants.ts';
import { World } from './world.ts';

const TENANTS = ['globex', 'akron'] as const;
const say = (text: string) => void process.stdout.write(`${text}\n`);

async function measureAll(world: World, options: Options): Promise<Row[]> {
  const { benches, history, lines } = options;
  const rows: Row[] = [];
  const tenants: Tenant[] = [];
  const note = (more: readonly Row[]) => {
    rows.push(...more);
    for (const { what, connections, plantops, floor } of more) {
      const load = connections === null ? what : `${what}, ${connections} connections`;
      say(`  ${load}: ${plantops.per_second.toFixed(0)}/s against ${floor.per_second.toFixed(0)}/s`);
    }
  };
  for (const [index, name] of TENANTS.entries()) {
    const began = performance.now();
    const tenant = await addTenant(world.plant, world.loader, { name, rows: history[index] as number, lines });
    await fill(world.tables, world.floor.database, tenant);
    tenants.push(tenant);
    say(`${tenant.rows} rows of history, filled in ${((performance.now() - began) / 1_000).toFixed(1)} s`);
    await world.rest();
    const measures: Partial<Record<BenchName, () => Promise<Row[]>>> = {
      requests: () => benchRequests(world, tenant),
      ingest: async () => [await benchIngest(world, tenant)],
      readings: async () => [await benchReadings(world, tenant)],
    };
    for (const bench of benches) note((await measures[bench]?.()) ?? []);
  }
  const growths: Partial<Record<BenchName, typeof LISTS>> = { lists: LISTS, overview: OVERVIEW, oee: OEE };
  for (const bench of benches) {
    const growth = growths[bench];
    if (growth !== undefined) note(await benchGrowth(world, tenants as [Tenant, Tenant], bench, growth));
  }
  return rows;
}

async function run(options: Options): Promise<number> {
  const parts: (() => Promise<unknown>)[] = [];
  let ending: Promise<void> | undefined;
  const end = () =>
    (ending ??= (async () => {
      for (const stop of parts.toReversed())
        await stop().catch((error: unknown) => process.stderr.write(`${String(error)}\n`));
    })());
  const quit = () => void end().finally(() => process.exit(1));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, quit);
  // The reader of a pipe is gone, as `head` is after its lines.
  process.stdout.once('error', quit);
  try {
    const world = await World.start(options, (stop) => parts.push(stop));
    const rows = await measureAll(world, options);
    say(`\n${tableOf(rows)}\n\n${costsOf(rows)}`);
    const machine = { cores: availableParallelism(), node: process.version };
    if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify({ machine, rows }, null, 2)}\n`);
    const failed = rows.reduce((sum, { plantops, floor }) => sum + plantops.failed + floor.failed, 0);
    if (failed > 0) process.stderr.write(`${failed} requests failed\n`);
    return failed > 0 ? 1 : 0;
  } finally {
    await end();
  }
}

try {
  process.exitCode = await run(readOptions(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
