/**
 * One tenant floods the plant with line events while another sends a few each second: `pnpm flood [--events N]`. Prints
 * how long the other tenant's events took until they were posted, and what each process used. Ends with code 1 when a
 * limit is broken.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { waitFor } from '@plantops/fixtures';
import { connect, type NatsConnection } from 'nats';
import {
  bytesOnDisk,
  difference,
  PlantTables,
  type PlantUnderTest,
  processorSeconds,
  quantile,
} from '@plantops/testing/plant';
import { addLines, floodPlant, iso, QUIET, say, watchServices } from './flooded-plant.ts';
import type { EventFlood } from './send-event-flood.ts';
import { stagesOf, type Seen } from './stages.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '200000' } } });
const EVENTS = Number(values.events);
const LINES = 50;
const LOOK_EVERY_MS = 50;
const LOOK_FOR_THE_LAST_EVERY_MS = 500;
const DRAINED_WITHIN_MS = 900_000;

async function accessOf(plant: PlantUnderTest, tenant: string) {
  const { nats_url, tenants } = await plant.ready();
  const { edge: of } = tenants[tenant] as (typeof tenants)[string];
  return { servers: new URL(nats_url).host, user: of.user, pass: of.password };
}

async function flood(plant: PlantUnderTest): Promise<void> {
  const workerData: EventFlood = { ...(await accessOf(plant, 'akron')), events: EVENTS, lines: LINES };
  await once(new Worker(new URL('./send-event-flood.ts', import.meta.url), { workerData }), 'message');
}

const postedOn = async (plant: PlantUnderTest, tenant: string, lineId: string): Promise<number> =>
  (await plant.rest<{ total: number }>('GET', `/money-leaks?line_id=${lineId}&limit=1`, undefined, { tenant })).body
    .total;

/** Sends the quiet tenant's stops. Returns when each was sent and when it was posted. */
async function quietly(
  plant: PlantUnderTest,
  connection: NatsConnection,
  lineId: string,
  until: () => boolean,
): Promise<Seen[]> {
  const sentAt: number[] = [];
  const stops: Seen[] = [];
  const look = async () => {
    const total = await postedOn(plant, 'globex', lineId);
    // They are posted in the order in which they were sent.
    while (stops.length < total) stops.push({ sent: sentAt[stops.length] as number, seen: Date.now() });
    return stops.length === sentAt.length;
  };
  const send = async () => {
    const at = sentAt.push(Date.now()) * 600_000;
    const body = { id: `quiet-${at}`, ...stopFrom(at) };
    await connection
      .jetstream()
      .publish('plantops.ingest.globex.Q.downtime.ended', JSON.stringify(body), { timeout: 20_000 });
  };
  const failures: unknown[] = [];
  const sending = setInterval(() => void send().catch((error: unknown) => failures.push(error)), QUIET.everyMs);
  while (!until()) await Promise.all([look(), delay(LOOK_EVERY_MS)]);
  clearInterval(sending);
  if (failures.length > 0) throw failures[0];
  await waitFor('the quiet tenant’s postings', look, 120_000);
  return stops;
}

/** A stop of six minutes, of an old tape. */
const stopFrom = (at: number) => ({
  start_time: iso(at),
  end_time: iso(at + 360_000),
  reason_category: 'mechanical',
  backfill: true,
});

/**
 * The events of each service are consumed in order: when the last stop is posted and the last count made, the whole
 * flood is done.
 */
async function workedOff(plant: PlantUnderTest, connection: NatsConnection, lastLine: string): Promise<void> {
  const [stop, count] = [
    { id: 'flood-last-stop', ...stopFrom(0) },
    { id: 'flood-last-count', at: iso(600_000), good: 1, reject: 0, backfill: true },
  ];
  await connection.jetstream().publish('plantops.ingest.akron.LAST.downtime.ended', JSON.stringify(stop));
  await connection.jetstream().publish('plantops.ingest.akron.LAST.count', JSON.stringify(count));
  const made = async () => {
    const window = `from=${iso(0)}&to=${iso(3_600_000)}`;
    return (await plant.rest<{ terms: { total_count: number } }>('GET', `/lines/${lastLine}/oee?${window}`)).body.terms
      .total_count;
  };
  const isOver = async () => {
    await delay(LOOK_FOR_THE_LAST_EVERY_MS);
    return (await postedOn(plant, 'akron', lastLine)) > 0 && (await made()) > 0;
  };
  await waitFor('the flood to be worked off', isOver, DRAINED_WITHIN_MS);
}

const perEvent = (used: ReadonlyMap<string, number>, unit: number, digits: number): string =>
  [...used].map(([name, value]) => `${name} ${(value / unit / (EVENTS / 1_000)).toFixed(digits)}`).join(', ');

await floodPlant(async (plant) => {
  const codes = Array.from({ length: LINES }, (_, line) => `L${line}`);
  const lastLine = (await addLines(plant, 'akron', [...codes, 'LAST'])).at(-1) as string;
  const [quietLine] = (await addLines(plant, 'globex', ['Q'])) as [string];
  const [loud, quiet] = (await Promise.all(
    ['akron', 'globex'].map(async (tenant) => connect(await accessOf(plant, tenant))),
  )) as [NatsConnection, NatsConnection];
  const isMemoryBounded = watchServices(plant);
  const [processor, disk] = [await processorSeconds(plant), await bytesOnDisk(plant)];
  let isOver = false;
  const waiting = quietly(plant, quiet, quietLine, () => isOver);
  const began = performance.now();
  const since = () => ((performance.now() - began) / 1000).toFixed(1);
  const flooding = async () => {
    await flood(plant);
    say(`${EVENTS} events acknowledged in ${since()} s`);
    await workedOff(plant, loud, lastLine);
    say(`worked off after ${since()} s`);
    isOver = true;
  };
  const [stops] = await Promise.all([waiting, flooding()]);
  const waits = stops.map(({ sent, seen }) => seen - sent).sort((a, b) => a - b);
  const [median, p99, worst] = [quantile(waits, 0.5), quantile(waits, 0.99), quantile(waits, 1)];
  say(
    `the quiet tenant: ${waits.length} events, to money median ${median.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, worst ${worst.toFixed(0)} ms`,
  );
  const tables = await PlantTables.open(plant.dataDir);
  for (const stage of await stagesOf(tables, 'globex', stops)) say(`  ${stage}`);
  await tables.close();
  const isBounded = isMemoryBounded();
  say(`ms of processor per event: ${perEvent(difference(processor, await processorSeconds(plant)), 1, 3)}`);
  say(`bytes on disk per event: ${perEvent(difference(disk, await bytesOnDisk(plant)), 1_000, 0)}`);
  await Promise.all([loud.close(), quiet.close()]);
  return p99 <= QUIET.p99BoundMs && isBounded;
});
