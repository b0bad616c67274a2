/**
 * One tenant sends several times what the plant can answer while another sends five requests each second: `pnpm
 * flood:requests [--seconds S]`. Prints what each kind of request costs, how both tenants were answered and the memory
 * of each process. Ends with code 1 when the quiet tenant was refused or waited too long, a refusal had no Retry-After,
 * or memory was over its limit; also when half-open connections or long tokens of one address did the same.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { waitFor } from '@plantops/fixtures';
import { difference, type PlantUnderTest, processorSeconds, quantile, residentMb } from '@plantops/testing/plant';
import { asker, KINDS, type Answered, type Ask, type Client, type Kind } from './requests-of-tenant.ts';
import type { RequestFlood } from './send-request-flood.ts';
import { keepHalfOpen, sendTokens } from './strangers.ts';
import { addLines, floodPlant, QUIET, say, watchServices } from './flooded-plant.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const SECONDS = Number(values.seconds);
/** More than the gateway handles of one tenant at once, from as many addresses as may have so many connections. */
const AT_ONCE = 700;
const OF_LOUD = ['127.0.0.2', '127.0.0.3', '127.0.0.4'];
const OF_QUIET = ['127.0.0.1'];
const OF_STRANGER = '127.0.0.5';
const [COSTED, AT_WORK] = [1_000, 16];
const CALM_WITHIN_MS = 10_000;
/** What one address may do to others: nothing that they notice. */
const HALF_OPEN = { connections: 4_200, againPerSecond: 205, ms: 20_000, p99BoundMs: 200 };
const TOKENS = { count: 20_000, kib: [7, 15], mbBound: 40 };

async function clientOf(
  plant: PlantUnderTest,
  tenant: string,
  { connections, addresses }: Pick<Client, 'connections' | 'addresses'>,
): Promise<Client> {
  const { gateway_url, tenants } = await plant.ready();
  const [line] = (await addLines(plant, tenant, ['L'])) as [string];
  return { gateway: gateway_url, token: tenants[tenant]?.tokens.admin as string, line, connections, addresses };
}

/**
 * Prints how many requests the plant answers each second under full load without overload, and the processor time of
 * each.
 */
async function cost(plant: PlantUnderTest, ask: Ask, kind: Kind): Promise<void> {
  const before = await processorSeconds(plant);
  const began = performance.now();
  let n = 0;
  const work = async () => {
    while (n < COSTED) await ask((n += 1), kind);
  };
  await Promise.all(Array.from({ length: AT_WORK }, work));
  const rate = (COSTED / (performance.now() - began)) * 1_000;
  const each = [...difference(before, await processorSeconds(plant))].map(
    ([name, seconds]) => [name, (seconds / COSTED) * 1_000] as const,
  );
  const parts = each.toSorted(([, a], [, b]) => b - a).slice(0, 4);
  const sum = each.reduce((total, [, ms]) => total + ms, 0);
  const named = parts.map(([name, ms]) => `${name} ${ms.toFixed(1)}`).join(', ');
  say(`${kind.padEnd(30)} ${rate.toFixed(0)}/s, ${sum.toFixed(1)} ms of processor: ${named}`);
}

/** Sends the quiet tenant's requests, numbered from `from` on. Returns all answers. */
async function quietly(ask: Ask, over: Promise<unknown>, from = 0): Promise<Answered[]> {
  const answers: Promise<Answered>[] = [];
  const asking = setInterval(() => answers.push(ask(from + answers.length)), QUIET.everyMs);
  await over;
  clearInterval(asking);
  return Promise.all(answers);
}

const timesOf = (answers: readonly Answered[]): number[] => answers.map(({ ms }) => ms).sort((a, b) => a - b);
function print(name: string, answers: readonly Answered[]): void {
  for (const [what, some] of [...Map.groupBy(answers, ({ kind, status }) => `${status} ${kind}`)].toSorted(([a], [b]) =>
    a.localeCompare(b),
  )) {
    const times = timesOf(some);
    const [median, p99] = [quantile(times, 0.5), quantile(times, 0.99)].map((ms) => ms.toFixed(0));
    say(`${name.padEnd(8)} ${what.padEnd(34)} ${String(some.length).padStart(6)}, median ${median} ms, p99 ${p99} ms`);
  }
}

/**
 * Half-open connections of one address beside the quiet tenant, then more and longer tokens than the gateway remembers.
 * Returns whether the quiet tenant did not wait for them and the memory grew by little.
 */
async function strangers(plant: PlantUnderTest, quiet: Ask, from: number): Promise<boolean> {
  const { gateway_url } = await plant.ready();
  const close = keepHalfOpen(gateway_url, { ...HALF_OPEN, address: OF_STRANGER });
  const answers = await quietly(quiet, delay(HALF_OPEN.ms), from);
  close();
  print('globex', answers);
  const p99 = quantile(timesOf(answers), 0.99);
  say(`beside ${HALF_OPEN.connections} half-open connections of one address: p99 ${p99.toFixed(0)} ms`);
  const pid = await plant.pidOf('gateway');
  const before = residentMb(pid);
  await sendTokens(plant, TOKENS);
  const grown = residentMb(pid) - before;
  say(`${TOKENS.count} tokens of ${TOKENS.kib.join(' and ')} KiB each: the gateway grew by ${grown.toFixed(0)} MB`);
  return (
    answers.every(({ status }) => status === 200 || status === 201) &&
    p99 <= HALF_OPEN.p99BoundMs &&
    grown <= TOKENS.mbBound
  );
}

await floodPlant(async (plant) => {
  const loud = await clientOf(plant, 'akron', { connections: AT_ONCE, addresses: OF_LOUD });
  const quiet = await clientOf(plant, 'globex', { connections: 100, addresses: OF_QUIET });
  const askAlone = asker({ ...loud, connections: AT_WORK });
  for (const kind of KINDS) await cost(plant, askAlone, kind);
  const isMemoryBounded = watchServices(plant);
  const workerData: RequestFlood = { ...loud, from: COSTED, ms: SECONDS * 1_000 };
  const flooding = once(new Worker(new URL('./send-request-flood.ts', import.meta.url), { workerData }), 'message');
  const quietAnswers = await quietly(asker(quiet), flooding);
  const [loudAnswers] = (await flooding) as [Answered[]];
  const over = performance.now();
  await waitFor('the plant to answer again', async () => (await askAlone(1)).status === 200, CALM_WITHIN_MS);
  print('akron', loudAnswers);
  print('globex', quietAnswers);
  say(`the first answer after the flood came after ${(performance.now() - over).toFixed(0)} ms`);
  const p99 = quantile(timesOf(quietAnswers), 0.99);
  say(`the quiet tenant: ${quietAnswers.length} requests, p99 ${p99.toFixed(0)} ms`);
  const isRefusal = ({ status }: Answered) => status === 503 || status === 429;
  const isBounded = isMemoryBounded();
  const areStrangersBounded = await strangers(plant, asker(quiet), quietAnswers.length);
  return (
    quietAnswers.every(({ status }) => status > 0 && status < 400) &&
    p99 <= QUIET.p99BoundMs &&
    loudAnswers.some(isRefusal) &&
    loudAnswers.every((one) => !isRefusal(one) || one.saysWhen) &&
    isBounded &&
    areStrangersBounded
  );
});
