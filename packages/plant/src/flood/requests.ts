/**
 * One tenant asks for several times what the plant can answer while another asks five times a second: `pnpm flood:requests [--seconds S]`.
 * Prints what each kind of request takes of the machine, how both were answered and what memory each process took, and ends with 1 when the quiet tenant was refused or kept waiting, a
 * refusal did not say when to come again, or memory was not bounded.
 */
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { serviceNames } from '@plantops/contracts';
import { waitFor } from '@plantops/testing';
import { PlantUnderTest } from '../e2e/plant-under-test.ts';
import { difference, processorSeconds, residentMb } from './consumption.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const SECONDS = Number(values.seconds);
/** More than the gateway takes in hand of one tenant. */
const AT_ONCE = 700;
const [COSTED, AT_WORK] = [1_000, 16];
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

/** A write, a list, and figures of a month. */
const KINDS = ['POST /downtimes', 'GET /downtimes', 'GET /lines/{id}/oee', 'GET /money-leaks/by-category', 'GET /overview'] as const;
type Kind = (typeof KINDS)[number];
const asked = (kind: Kind, line: string, n: number): { path: string; body?: string } => {
  const window = `from=${iso(0)}&to=${iso(31 * 86_400_000)}`;
  if (kind === 'GET /downtimes') return { path: `/downtimes?line_id=${line}&limit=50` };
  if (kind === 'GET /lines/{id}/oee') return { path: `/lines/${line}/oee?${window}` };
  if (kind === 'GET /money-leaks/by-category') return { path: `/money-leaks/by-category?${window}` };
  if (kind === 'GET /overview') return { path: '/overview' };
  const stop = { line_id: line, start_time: iso(n * 60_000), end_time: iso(n * 60_000 + 30_000), reason_category: 'mechanical' };
  return { path: '/downtimes', body: JSON.stringify(stop) };
};

const ask = ({ line, token, agent }: Tenant, n: number, gateway: string, kind = KINDS[n % KINDS.length] as Kind): Promise<Answered> => {
  const { path, body } = asked(kind, line, n);
  const method = kind.split(' ')[0];
  const began = performance.now();
  return new Promise((resolve) => {
    // A request without an answer counts as one with status 0.
    const none = () => resolve({ status: 0, ms: performance.now() - began, saysWhen: false });
    const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const sent = request(`${gateway}/api/v1/plant-ops${path}`, { method, agent, headers, timeout: 20_000 }, (response) => {
      response.resume().once('end', () => {
        const saysWhen = response.headers['retry-after'] !== undefined;
        resolve({ status: response.statusCode ?? 0, ms: performance.now() - began, saysWhen });
      });
    });
    sent.once('timeout', () => sent.destroy(new Error('no answer')));
    sent.once('error', none).end(body);
  });
};

/** How many a second the plant answers when it has enough to do and not too much, and what of the machine each takes. */
const cost = async (tenant: Tenant, kind: Kind, gateway: string): Promise<void> => {
  const before = await processorSeconds(plant);
  const began = performance.now();
  let n = 0;
  const work = async () => {
    while (n < COSTED) await ask(tenant, (n += 1), gateway, kind);
  };
  await Promise.all(Array.from({ length: AT_WORK }, work));
  const rate = (COSTED / (performance.now() - began)) * 1_000;
  const each = [...difference(before, await processorSeconds(plant))].map(([name, seconds]) => [name, (seconds / COSTED) * 1_000] as const);
  const parts = each.toSorted(([, a], [, b]) => b - a).slice(0, 4);
  const sum = each.reduce((total, [, ms]) => total + ms, 0);
  say(
    `${kind.padEnd(30)} ${rate.toFixed(0)}/s, ${sum.toFixed(1)} ms of processor: ${parts.map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', ')}`,
  );
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
  for (const kind of KINDS) await cost(loud, kind, gateway);
  const most = new Map<string, number>();
  const { processes } = await plant.ready();
  const weigh = () => {
    for (const name of serviceNames) most.set(name, Math.max(most.get(name) ?? 0, residentMb(processes[name] as number)));
  };
  const weighing = setInterval(weigh, 500);
  const until = performance.now() + SECONDS * 1_000;
  const [ofLoud, ofQuiet]: [Answered[], Promise<Answered>[]] = [[], []];
  let n = COSTED;
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
    quietly.some(({ status }) => status === 0 || status >= 400) ||
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
