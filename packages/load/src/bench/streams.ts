/** What lines publish over NATS: line events until the last stop is money, and readings until they are in the table. */
import { waitFor } from '@plantops/fixtures';
import { stopsIn, type Tape } from '../messages.ts';
import { rowOf, type Row, type Run } from './figures.ts';
import type { PublishJob } from './loader/jobs.ts';
import type { Tenant } from './tenants.ts';
import { SIDES, type Side, type World } from './world.ts';

const DONE_WITHIN_MS = 600_000;
const HOUR_MS = 3_600_000;

type Bench = {
  readonly name: 'ingest' | 'readings';
  readonly kind: PublishJob['kind'];
  readonly what: string;
  readonly count: number;
  readonly tape: Tape;
  /** How many of the effects of `expected` are there. */
  readonly seen: Record<Side, () => Promise<number>>;
  readonly expected: Record<Side, number>;
};

async function bench(
  world: World,
  tenant: Tenant,
  { name, kind, what, count, tape, seen, expected }: Bench,
): Promise<Row> {
  const { edge } = (await world.plant.ready()).tenants[tenant.name] as { edge: { user: string; password: string } };
  const access = { ...world.floor.access, user: edge.user, pass: edge.password };
  const runs: Record<Side, Run[]> = { plantops: [], floor: [] };
  for (const side of SIDES) {
    const prefix = side === 'floor' ? `floor.${name}` : `plantops.${name}.${tenant.name}`;
    const job = { kind, count, tape, prefix, access: side === 'floor' ? world.floor.access : access } as const;
    const isDone = async () => (await seen[side]()) >= expected[side];
    const { run } = await world.measure(side, job, () => waitFor(`the ${kind} of ${side}`, isDone, DONE_WITHIN_MS));
    runs[side].push(run);
  }
  return rowOf(
    { bench: name, what, connections: null, rows: tenant.rows, compared_with: 'floor' },
    runs.plantops,
    runs.floor,
  );
}

type Count = { n: number };
const numberOf = (rows: readonly Count[]): number => rows[0]?.n ?? 0;

export async function benchIngest(world: World, tenant: Tenant): Promise<Row> {
  const { events: count, lines } = world.options;
  const began = new Date().toISOString();
  const tape = { lines, from: Date.now() - 480 * HOUR_MS, everyMs: 60_000 };
  await world.floor.database.query('truncate line_event');
  return bench(world, tenant, {
    name: 'ingest',
    kind: 'line events',
    what: 'line events, to money',
    count,
    tape,
    seen: {
      plantops: async () =>
        numberOf(
          await world.tables.query<Count>(
            'money-leaks',
            `select count(distinct source_id)::int as n
             from money_leak
             where tenant_id = $1 and recorded_at >= $2 and source_type = 'downtime'`,
            [tenant.name, began],
          ),
        ),
      floor: async () =>
        numberOf((await world.floor.database.query<Count>('select count(*)::int as n from line_event')).rows),
    },
    expected: { plantops: stopsIn(count, tape), floor: count },
  });
}

export async function benchReadings(world: World, tenant: Tenant): Promise<Row> {
  const { readings: count, lines } = world.options;
  // The history of the sensors ends a day ago.
  const tape = { lines, from: Date.now() - 20 * HOUR_MS, everyMs: 1_000 };
  const since = new Date(tape.from).toISOString();
  const last = new Date(tape.from + (Math.ceil(count / lines) - 1) * tape.everyMs).toISOString();
  // Readings of a sensor are stored in order: the last one of each is looked for, not all of them again and again.
  const atTheEnd = count % lines === 0 ? lines : count % lines;
  await world.floor.database.query("delete from reading where sensor like 'floor.%'");
  const row = await bench(world, tenant, {
    name: 'readings',
    kind: 'readings',
    what: 'readings, to the table',
    count,
    tape,
    seen: {
      plantops: async () =>
        numberOf(
          await world.tables.query<Count>(
            'sensors',
            `select count(*)::int as n
             from reading
             where tenant_id = $1 and sensor_id = any($2) and at = $3`,
            [tenant.name, tenant.sensors, last],
          ),
        ),
      floor: async () =>
        numberOf(
          (
            await world.floor.database.query<Count>(
              `select count(*)::int as n
               from unnest($1::text[]) as s(sensor)
               join reading r on r.sensor = s.sensor and r.at = $2`,
              [tenant.busy.map((_, line) => `floor.readings.L${line}.T`), last],
            )
          ).rows,
        ),
    },
    expected: { plantops: atTheEnd, floor: atTheEnd },
  });
  const [stored] = await world.tables.query<Count>(
    'sensors',
    'select count(*)::int as n from reading where tenant_id = $1 and sensor_id = any($2) and at >= $3',
    [tenant.name, tenant.sensors, since],
  );
  if (stored?.n !== count) throw new Error(`${stored?.n} of ${count} readings are in the table`);
  return row;
}
