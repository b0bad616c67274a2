/**
 * One tenant floods the plant with line events while another sends a few a second: `pnpm flood [--events N]`. Prints how long the other's
 * events took to become money, what each process took of the machine, and ends with 1 when a bound is broken.
 */
import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { serviceNames } from '@plantops/contracts';
import { waitFor } from '@plantops/testing';
import { connect, type NatsConnection } from 'nats';
import { PlantUnderTest } from '../e2e/plant-under-test.ts';
import { bytesOnDisk, difference, processorSeconds, residentMb } from './consumption.ts';

const { values } = parseArgs({ options: { events: { type: 'string', default: '200000' } } });
const EVENTS = Number(values.events);
const LINES = 50;
const ON_THE_WAY = 2_000;
const EVERY_MS = 200;
const LOOK_EVERY_MS = 25;
const P99_BOUND_MS = 2_000;
const MEMORY_BOUND_MB = 300;
const DRAINED_WITHIN_MS = 900_000;
const start = Date.parse('2026-03-02T00:00:00Z');
const iso = (ms: number) => new Date(start + ms).toISOString();

const plant = await PlantUnderTest.create();
const edge = async (tenant: string): Promise<NatsConnection> => {
  const { nats_url, tenants } = await plant.ready();
  const { edge: of } = tenants[tenant] as (typeof tenants)[string];
  return connect({ servers: new URL(nats_url).host, user: of.user, pass: of.password, noAsyncTraces: true });
};
const addLine = async (tenant: string, code: string, plant_id: string) =>
  (await plant.rest<{ id: string }>('POST', '/lines', { code, plant_id, name: code, hourly_cost: 60, ideal_cycle_seconds: 1 }, { tenant }))
    .body.id;
const addPlant = async (tenant: string) =>
  (await plant.rest<{ id: string }>('POST', '/plants', { code: 'p', name: 'P', timezone: 'UTC' }, { tenant })).body.id;

/** Counts, and a stop every tenth event, on fifty lines: as fast as the broker takes them. */
const flood = async (connection: NatsConnection): Promise<void> => {
  const stream = connection.jetstream();
  const publish = (n: number) => {
    const [line, at] = [`L${n % LINES}`, Math.floor(n / LINES) * 20_000];
    const [kind, body] =
      n % 10 === 0
        ? ['downtime.ended', { start_time: iso(at), end_time: iso(at + 15_000), reason_category: 'mechanical' }]
        : ['count', { at: iso(at), good: 5, reject: 0 }];
    return stream.publish(`plantops.ingest.akron.${line}.${kind}`, JSON.stringify({ id: `flood-${n}`, ...(body as object) }), {
      timeout: 20_000,
    });
  };
  for (let sent = 0; sent < EVENTS; sent += ON_THE_WAY)
    await Promise.all(Array.from({ length: Math.min(ON_THE_WAY, EVENTS - sent) }, (_, index) => publish(sent + index)));
};

/** Five stops a second of the quiet tenant, whatever becomes of them; how long each took to become money. */
const quietly = async (connection: NatsConnection, lineId: string, until: () => boolean): Promise<number[]> => {
  const sentAt: number[] = [];
  const waits: number[] = [];
  const posted = async () =>
    (await plant.rest<{ total: number }>('GET', `/money-leaks?line_id=${lineId}&limit=1`, undefined, { tenant: 'globex' })).body.total;
  const look = async () => {
    const total = await posted();
    // They become money in the order they were sent in.
    while (waits.length < total) waits.push(performance.now() - (sentAt[waits.length] as number));
    return waits.length === sentAt.length;
  };
  const send = async () => {
    const at = sentAt.push(performance.now()) * 600_000;
    const body = { id: `quiet-${at}`, start_time: iso(at), end_time: iso(at + 360_000), reason_category: 'mechanical' };
    await connection.jetstream().publish('plantops.ingest.globex.Q.downtime.ended', JSON.stringify(body), { timeout: 20_000 });
  };
  const failures: unknown[] = [];
  const sending = setInterval(() => void send().catch((error: unknown) => failures.push(error)), EVERY_MS);
  while (!until()) await Promise.all([look(), delay(LOOK_EVERY_MS)]);
  clearInterval(sending);
  await waitFor('the quiet tenant’s money', look, 120_000);
  if (failures.length > 0) throw failures[0];
  return waits.sort((a, b) => a - b);
};

const most = new Map<string, number>();
const weigh = async () => {
  const { processes } = await plant.ready();
  for (const name of serviceNames) most.set(name, Math.max(most.get(name) ?? 0, residentMb(processes[name] as number)));
};
const say = (text: string) => process.stdout.write(`${text}\n`);

let broken = false;
try {
  await plant.start();
  const [akron, globex] = [await addPlant('akron'), await addPlant('globex')];
  for (let line = 0; line < LINES; line += 1) await addLine('akron', `L${line}`, akron);
  const lastLine = await addLine('akron', 'LAST', akron);
  const quietLine = await addLine('globex', 'Q', globex);
  const [loud, quiet] = [await edge('akron'), await edge('globex')];
  const weighing = setInterval(() => void weigh().catch(() => {}), 500);
  let over = false;
  const [processor, disk] = [await processorSeconds(plant), await bytesOnDisk(plant)];
  const waiting = quietly(quiet, quietLine, () => over);
  const began = performance.now();
  await flood(loud);
  say(`${EVENTS} events acknowledged in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  // The tenant's announcements are taken in one after the other: when the last stop is money, all of the flood is.
  const last = { id: 'flood-last', start_time: iso(0), end_time: iso(360_000), reason_category: 'mechanical' };
  await loud.jetstream().publish('plantops.ingest.akron.LAST.downtime.ended', JSON.stringify(last));
  const isMoney = async () => (await plant.rest<{ total: number }>('GET', `/money-leaks?line_id=${lastLine}&limit=1`)).body.total > 0;
  await waitFor('the flood to be worked off', isMoney, DRAINED_WITHIN_MS);
  say(`worked off after ${((performance.now() - began) / 1000).toFixed(1)} s`);
  over = true;
  const waits = await waiting;
  clearInterval(weighing);
  const p99 = waits[Math.floor(waits.length * 0.99)] ?? Infinity;
  say(
    `the quiet tenant: ${waits.length} events, to money median ${waits[Math.floor(waits.length / 2)]?.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, worst ${waits.at(-1)?.toFixed(0)} ms`,
  );
  for (const [name, mb] of most) say(`${name.padEnd(12)} ${mb.toFixed(0)} MB at most`);
  const perThousand = (used: Map<string, number>, unit: number, digits: number) =>
    [...used].map(([name, value]) => `${name} ${(value / unit / (EVENTS / 1_000)).toFixed(digits)}`).join(', ');
  say(`ms of processor per event: ${perThousand(difference(processor, await processorSeconds(plant)), 1, 3)}`);
  say(`bytes on disk per event: ${perThousand(difference(disk, await bytesOnDisk(plant)), 1_000, 0)}`);
  broken = p99 > P99_BOUND_MS || [...most.values()].some((mb) => mb > MEMORY_BOUND_MB);
  await Promise.all([loud.close(), quiet.close()]);
} finally {
  await plant.remove();
}
process.exit(broken ? 1 : 0);
