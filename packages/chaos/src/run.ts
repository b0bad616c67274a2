/** One run: a plant, a load, faults, and a check of the invariants afterwards. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { waitFor } from '@plantops/fixtures';
import { PlantTables, type PlantUnderTest, watchMemory } from '@plantops/testing/plant';
import { ChaosPlant } from './chaos-plant.ts';
import { sabotages, type ControlName } from './controls/control.ts';
import { collect } from './evidence.ts';
import { inflict } from './faults.ts';
import { checkAlive, probe } from './invariants/alive.ts';
import { Journal } from './journal.ts';
import { checkDelay } from './invariants/delay.ts';
import { judge } from './judge.ts';
import { startEdge } from './load/edge.ts';
import { makeMasterData } from './load/master-data.ts';
import { startWriters } from './load/writers.ts';
import { untilQuiet } from './quiet.ts';
import type { Result } from './report.ts';
import { faultKinds, scheduleOf, type FaultKind } from './schedule.ts';
import { backlogs } from './streams.ts';

const TENANTS = ['akron', 'globex'];
const PROMISED_MS = 2_000;
const BACK_WITHIN_MS = 60_000;
const LAST_WORDS = 4_000;
const QUIET_WITHIN_MS = 60_000;
const ENOUGH_WITHIN_MS = 60_000;

export type Options = {
  readonly seed: number;
  readonly seconds: number;
  readonly kinds?: readonly FaultKind[];
  /** The time in which an event must be posted after the faults. */
  readonly promisedMs?: number;
  /** The load goes on after the faults until so much of it has succeeded: on a busy machine it is slow. */
  readonly least?: { readonly writes: number; readonly events: number };
  readonly control?: ControlName | undefined;
  readonly say: (line: string) => void;
  /** Called as soon as there is something to stop, with a function that stops everything. */
  readonly onStart?: (stop: () => Promise<void>) => void;
};

export async function runChaos(options: Options): Promise<Result> {
  let created: PlantUnderTest | undefined;
  let chaos: ChaosPlant | undefined;
  const cancel = new AbortController();
  const stop = async (): Promise<void> => {
    cancel.abort();
    await (chaos?.stop() ?? created?.remove());
  };
  options.onStart?.(stop);
  try {
    chaos = await ChaosPlant.start((plant) => (created = plant));
    return await breakAndJudge(chaos, options, cancel.signal);
  } catch (error) {
    // The end of the launcher's output says which process could not be started.
    options.say(created?.output.slice(-LAST_WORDS) ?? '');
    throw error;
  } finally {
    await stop();
  }
}

async function breakAndJudge(
  chaos: ChaosPlant,
  { seed, seconds, kinds = faultKinds, promisedMs = PROMISED_MS, least, control, say }: Options,
  signal: AbortSignal,
): Promise<Result> {
  await chaos.startCopies();
  const data = await makeMasterData(chaos);
  const mostMemory = watchMemory(() => chaos.pids());
  const journal = await Journal.open(join(chaos.plant.dataDir, 'journal.ndjson'));
  const restore =
    control === undefined || control === 'migration-without-lock' ? undefined : await sabotages[control](chaos);
  const edges = [
    await startEdge(chaos, 'akron', 'globex', journal, seed),
    await startEdge(chaos, 'globex', 'akron', journal, seed),
  ] as const;
  const writers = startWriters(chaos, data, journal, seed);
  say(`seed ${seed}: the plant runs in ${chaos.plant.dataDir}; ${seconds} s of faults begin`);
  const faults = inflict(chaos, scheduleOf(seed, seconds, kinds), {
    say,
    signal,
    extra: { poison: edges[0].addPoison, burst: edges[0].hurry },
  });
  await Promise.all([faults.over, delay(seconds * 1_000)]);
  chaos.resumeAll();
  const endedAt = performance.now();
  say('the faults are over');
  await restore?.();

  const tables = await waitFor('the database to be back', () => PlantTables.open(chaos.plant.dataDir), BACK_WITHIN_MS);
  const provisioner = await chaos.connect('provisioner');
  const writesOf = (outcome: string) => writers.operations.filter(({ result }) => result.outcome === outcome).length;
  const eventsOf = (outcome: string) =>
    edges.flatMap(({ good }) => good).filter((event) => event.outcome === outcome).length;
  try {
    if (least !== undefined)
      await waitFor(
        'enough load',
        () => writesOf('ok') >= least.writes && eventsOf('acked') >= least.events,
        ENOUGH_WITHIN_MS,
      );
    await Promise.all([writers.stop(), ...edges.map((edge) => edge.drain())]);
    const liveness = await probe(tables, edges[0], data, { endedAt, promisedMs });
    await Promise.all(edges.map((edge) => edge.close()));
    const unsettled = await untilQuiet(tables, provisioner, TENANTS, QUIET_WITHIN_MS);
    say('the plant is quiet; checking the invariants');
    const [good, poison] = [edges.flatMap((edge) => edge.good), edges.flatMap((edge) => edge.poison)];
    const { operations } = writers;
    const evidence = await collect(provisioner, { chaos, tables, data, tenants: TENANTS, operations, good, poison });
    const redelivered = (await backlogs(provisioner, TENANTS)).reduce((sum, one) => sum + one.redelivered, 0);
    const isPoisonAlone = kinds.every((kind) => kind === 'F12');
    const findings = [
      ...(await judge(evidence, control)),
      ...(isPoisonAlone ? [await checkDelay(evidence, promisedMs)] : []),
      checkAlive(chaos, { liveness, unsettled, memory: mostMemory() }),
    ];
    await journal.close();
    const figures = {
      seed,
      seconds,
      control,
      writes: { ok: writesOf('ok'), refused: writesOf('refused'), unknown: writesOf('unknown') },
      retried: operations.filter(({ sent }) => sent > 1).length,
      events: {
        acked: eventsOf('acked'),
        unknown: eventsOf('unknown'),
        duplicates: edges.reduce((sum, { duplicates }) => sum + duplicates(), 0),
      },
      poison: poison.length,
      faults: faults.done,
      hits: chaos.copies.hits,
      failedStarts: chaos.copies.failedStarts,
      redelivered,
      withoutKinds: faultKinds.filter((kind) => !kinds.includes(kind)),
    };
    return { figures, findings, breached: findings.some(({ breaches }) => breaches.length > 0) };
  } finally {
    await provisioner.close();
    await tables.close();
  }
}
