/**
 * One tenant asks for several times what the plant can answer while another asks five times a second: `pnpm flood:requests [--seconds S]`.
 * Prints how both were answered and what memory each process took, and ends with 1 when the quiet tenant was refused or kept waiting, a
 * refusal did not say when to come again, or memory was not bounded.
 */
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { serviceNames } from '@plantops/contracts';
import { waitFor } from '@plantops/testing';
import { PlantUnderTest } from '../e2e/plant-under-test.ts';
import { residentMb } from './consumption.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const SECONDS = Number(values.seconds);
/** More than the gateway takes in hand of one tenant. */
const AT_ONCE = 700;
const EVERY_MS = 200;
const QUIET_BOUND_MS = 2_000;
const MEMORY_BOUND_MB = 300;
const CALM_WITHIN_MS = 10_000;
const start = Date.parse('2026-03-02T00:00:00Z');
const iso = (ms: number) => new Date(start + ms).toISOString();

type Answered = { readonly status: number; readonly ms: number; readonly saysWhen: boolean };
type Tenant = { readonly name: string; readonly line: string; readonly token: string; readonly agent: Agent };
const say = (text: string) => process.stdout.write(`${text}\n`);
const plant = await PlantUnderTest.create();

const made = async (name: string, agent: Agent): Promise<Tenant> => {
  const rest = async (path: string, body: object) => (await plant.rest<{ id: string }>('POST', path, body, { tenant: name })).body.id;
  const plant_id = await rest('/plants', { code: 'p', name: 'P', timezone: 'UTC' });
  const line = await rest('/lines', { code: 'L', plant_id, name: 'L', hourly_cost: 60, ideal_cycle_seconds: 1 });
  return { name, line, token: (await plant.ready()).tenants[name]?.tokens.admin as string, agent };
};

/** Reads of a month, a list, and a write each fifth time. */
const ask = ({ line, token, agent }: Tenant, n: number, gateway: string): Promise<Answered> => {
  const window = `from=${iso(0)}&to=${iso(31 * 86_400_000)}`;
  const gets = [`/lines/${line}/oee?${window}`, `/money-leaks/by-category?${window}`, `/downtimes?line_id=${line}&limit=50`, '/overview'];
  const stop = { line_id: line, start_time: iso(n * 60_000), end_time: iso(n * 60_000 + 30_000), reason_category: 'mechanical' };
  const [method, path, body] = n % 5 === 0 ? ['POST', '/downtimes', JSON.stringify(stop)] : ['GET', gets[n % 4] as string, undefined];
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const sent = request(`${gateway}/api/v1/plant-ops${path}`, { method, agent, headers, timeout: 20_000 }, (response) => {
      response.resume().once('end', () => {
        const saysWhen = response.headers['retry-after'] !== undefined;
        resolve({ status: response.statusCode ?? 0, ms: performance.now() - began, saysWhen });
      });
    });
    sent.once('timeout', () => sent.destroy(new Error('no answer')));
    sent.once('error', reject).end(body);
  });
};

const of = (sorted: readonly number[], share: number) => (sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(0);
const told = (name: string, answers: readonly Answered[]) => {
  for (const [status, some] of [...Map.groupBy(answers, (one) => one.status)].toSorted(([a], [b]) => a - b)) {
    const times = some.map(({ ms }) => ms).toSorted((a, b) => a - b);
    say(`${name.padEnd(8)} ${status} ${String(some.length).padStart(6)}, median ${of(times, 0.5)} ms, p99 ${of(times, 0.99)} ms`);
  }
};

let broken = true;
try {
  await plant.start();
  const gateway = (await plant.ready()).gateway_url;
  const [loud, quiet] = [
    await made('akron', new Agent({ keepAlive: true, maxSockets: AT_ONCE })),
    await made('globex', new Agent({ keepAlive: true })),
  ];
  const most = new Map<string, number>();
  const { processes } = await plant.ready();
  const weigh = () => {
    for (const name of serviceNames) most.set(name, Math.max(most.get(name) ?? 0, residentMb(processes[name] as number)));
  };
  const weighing = setInterval(weigh, 500);
  const until = performance.now() + SECONDS * 1_000;
  const [ofLoud, ofQuiet]: [Answered[], Promise<Answered>[]] = [[], []];
  let n = 0;
  const flooding = Array.from({ length: AT_ONCE }, async () => {
    while (performance.now() < until) ofLoud.push(await ask(loud, (n += 1), gateway));
  });
  const asking = setInterval(() => ofQuiet.push(ask(quiet, ofQuiet.length, gateway)), EVERY_MS);
  await Promise.all([...flooding, delay(SECONDS * 1_000)]);
  clearInterval(asking);
  clearInterval(weighing);
  const quietly = await Promise.all(ofQuiet);
  const over = performance.now();
  await waitFor('the plant to answer again', async () => (await ask(loud, 1, gateway)).status === 200, CALM_WITHIN_MS);
  told('akron', ofLoud);
  told('globex', quietly);
  say(`the first answer after the flood came after ${(performance.now() - over).toFixed(0)} ms`);
  for (const [name, mb] of most) say(`${name.padEnd(12)} ${mb.toFixed(0)} MB at most`);
  const waits = quietly.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const isRefusal = ({ status }: Answered) => status === 503 || status === 429;
  broken =
    quietly.some(({ status }) => status >= 400) ||
    Number(of(waits, 0.99)) > QUIET_BOUND_MS ||
    !ofLoud.some(isRefusal) ||
    ofLoud.some((one) => isRefusal(one) && !one.saysWhen) ||
    [...most.values()].some((mb) => mb > MEMORY_BOUND_MB);
  loud.agent.destroy();
  quiet.agent.destroy();
} finally {
  await plant.remove();
}
process.exit(broken ? 1 : 0);
