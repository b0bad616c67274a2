/**
 * A short run of `pnpm chaos`: kills, hangs, lost acknowledgements and poison. Nothing acknowledged is lost or takes
 * effect twice.
 */
import { afterAll, expect, test } from '@jest/globals';
import type { Finding } from './invariants/finding.ts';
import { runChaos } from './run.ts';
import { scheduleOf, type FaultKind } from './schedule.ts';

const SEED = 55;
const SECONDS = 25;
const KINDS: readonly FaultKind[] = ['F1', 'F2', 'F3', 'F4', 'F8', 'F12'];
/**
 * Other tests run at the same time on two cores. This test checks that the plant recovers; only the command checks how
 * fast.
 */
const PROMISED_MS = 10_000;
/** Enough that each kind of write and event is among them, however slow the machine is. */
const LEAST = { writes: 51, events: 101 };

let stop: () => Promise<void> = async () => undefined;
afterAll(() => stop(), 60_000);

test('the schedule of the seed has a fault of every kind', () => {
  expect(new Set(scheduleOf(SEED, SECONDS, KINDS).map(({ deed }) => deed.kind))).toEqual(new Set(KINDS));
});

test('during kills, hangs and lost acknowledgements nothing is lost and nothing takes effect twice', async () => {
  const said: string[] = [];
  const { figures, findings } = await runChaos({
    seed: SEED,
    seconds: SECONDS,
    promisedMs: PROMISED_MS,
    kinds: KINDS,
    least: LEAST,
    say: (line) => said.push(line),
    onStart: (how) => (stop = how),
  });
  const breached = (finding: Finding) => finding.breaches.map((breach) => `${finding.name}: ${breach}`);
  expect({ breaches: findings.flatMap(breached), faults: said }).toEqual({
    breaches: [],
    faults: said,
  });
  expect([...figures.faults.keys()]).toEqual(expect.arrayContaining(['F1', 'F8']));
}, 240_000);
