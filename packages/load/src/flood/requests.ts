/**
 * One tenant sends several times what the plant can answer while another sends five requests each second: `pnpm
 * flood:requests [--seconds S]`. Prints what each kind of request costs, how both tenants were answered and the memory
 * of each process. Ends with code 1 when the quiet tenant was refused or waited too long, a refusal had no Retry-After,
 * or memory was over its limit.
 */
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { waitFor } from '@plantops/fixtures';
import { difference, type PlantUnderTest, processorSeconds, quantile } from '@plantops/testing/plant';
import { asker, KINDS, type Answered, type Ask, type Client, type Kind } from './requests-of-tenant.ts';
import type { RequestFlood } from './send-request-flood.ts';
import { addLines, floodPlant, QUIET, say, watchServices } from './flooded-plant.ts';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } });
const SECONDS = Number(values.seconds);
/** More than the gateway handles of one tenant at once. */
const AT_ONCE = 700;
const [COSTED, AT_WORK] = [1_000, 16];
const CALM_WITHIN_MS = 10_000;

async function clientOf(plant: PlantUnderTest, tenant: string, connections: number): Promise<Client> {
  const { gateway_url, tenants } = await plant.ready();
  const [line] = (await addLines(plant, tenant, ['L'])) as [string];
  return { gateway: gateway_url, token: tenants[tenant]?.tokens.admin as string, line, connections };
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

/** Sends the quiet tenant's requests. Returns all answers. */
async function quietly(ask: Ask, over: Promise<unknown>): Promise<Answered[]> {
  const answers: Promise<Answered>[] = [];
  const asking = setInterval(() => answers.push(ask(answers.length)), QUIET.everyMs);
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

await floodPlant(async (plant) => {
  const [loud, quiet] = [await clientOf(plant, 'akron', AT_ONCE), await clientOf(plant, 'globex', 100)];
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
  return (
    quietAnswers.every(({ status }) => status > 0 && status < 400) &&
    p99 <= QUIET.p99BoundMs &&
    loudAnswers.some(isRefusal) &&
    loudAnswers.every((one) => !isRefusal(one) || one.saysWhen) &&
    isBounded
  );
});
