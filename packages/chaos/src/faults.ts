/** Causes the faults of a schedule, each at its time, and undoes those that do not end by themselves. */
import { setTimeout as delay } from 'node:timers/promises';
import { serviceNames, type ServiceName } from '@plantops/contracts';
import pg from 'pg';
import type { ChaosPlant } from './chaos-plant.ts';
import { fillDisk } from './full-disk.ts';
import { losePower } from './power-loss.ts';
import { describeFault, type Deed, type Fault } from './schedule.ts';
import { slowDown } from './slow-consumer.ts';

/** The pause between two services of a rolling restart. */
const ROLL_MS = 400;
const RESTART_WITHIN_MS = 20_000;

export type Faults = {
  /** Resolves when the last fault is over. */
  readonly over: Promise<void>;
  /** The number of faults of each kind. A fault on a process that did not run does not count. */
  readonly done: ReadonlyMap<string, number>;
};

/** Extra messages of the line systems. */
export type Extra = { readonly poison: (messages: number) => void; readonly burst: (messages: number) => void };

export function inflict(
  chaos: ChaosPlant,
  schedule: readonly Fault[],
  { say, signal, extra }: { say: (line: string) => void; signal: AbortSignal; extra: Extra },
): Faults {
  const done = new Map<string, number>();
  const began = performance.now();
  const one = async (fault: Fault): Promise<void> => {
    const early = began + fault.at_ms - performance.now();
    try {
      await delay(Math.max(early, 0), undefined, { signal });
    } catch {
      return;
    }
    say(describeFault(fault));
    try {
      const isDone = await carryOut(chaos, fault.deed, extra);
      if (isDone) done.set(fault.deed.kind, (done.get(fault.deed.kind) ?? 0) + 1);
      else say(`${describeFault(fault)}: it did not run`);
    } catch (error) {
      say(`${describeFault(fault)}: failed, ${String(error)}`);
    }
  };
  return { over: Promise.all(schedule.map(one)).then(() => undefined), done };
}

async function carryOut(chaos: ChaosPlant, deed: Deed, extra: Extra): Promise<boolean> {
  switch (deed.kind) {
    case 'F1':
      return chaos.signal(deed.target, 'SIGKILL');
    case 'F2':
      return hang(chaos, deed.target, deed.ms);
    case 'F3':
      return deed.how === 'kill' ? chaos.signal('nats-server', 'SIGKILL') : hang(chaos, 'nats-server', deed.ms);
    case 'F4':
      return deed.how === 'kill' ? chaos.signal('postgres', 'SIGKILL') : storm(chaos.databaseUrl);
    case 'F5':
      return losePower(chaos, deed.ms);
    case 'F6':
      return fillDisk(chaos, deed.ms);
    case 'F7':
      await chaos.copies.proxy(deed.service, deed.link).cut(deed.how, deed.ms);
      return true;
    case 'F8':
      await chaos.copies.proxy(deed.service, deed.loses === 'commits' ? 'postgres' : 'nats').lose(deed.loses, deed.ms);
      return true;
    case 'F9':
      return slowDown(chaos, deed.service, deed.ms, () => extra.burst(deed.messages));
    case 'F10':
      return skew(chaos, deed.service, deed.skew_ms, deed.ms);
    case 'F11':
      return roll(chaos, deed.copy);
    default:
      extra.poison(deed.messages);
      return true;
  }
}

/** Stops a process for a while. It is resumed also when its service has another process by then. */
async function hang(chaos: ChaosPlant, who: Parameters<ChaosPlant['signal']>[0], ms: number): Promise<boolean> {
  if (!(await chaos.signal(who, 'SIGSTOP'))) return false;
  await delay(ms);
  await chaos.signal(who, 'SIGCONT');
  return true;
}

/** Ends every connection of the database server. */
async function storm(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(
      `select pg_terminate_backend(pid)
       from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** One of two copies has a wrong clock for a while. The clock is set when the copy starts. */
async function skew(chaos: ChaosPlant, service: ServiceName, skewMs: number, ms: number): Promise<boolean> {
  const startAgain = async () => {
    // After another fault the copy may be starting now, with its old clock.
    for (const until = performance.now() + RESTART_WITHIN_MS; performance.now() < until; await delay(ROLL_MS))
      if (await chaos.signal({ service, copy: 2 }, 'SIGTERM')) return true;
    return false;
  };
  chaos.copies.setClock(service, skewMs);
  const isDone = await startAgain();
  await delay(ms);
  chaos.copies.setClock(service, 0);
  if (!(await startAgain())) throw new Error(`the clock of ${service}/2 could not be corrected`);
  return isDone;
}

/** A rolling restart: one copy of each service after the other is stopped and started again. */
async function roll(chaos: ChaosPlant, copy: 1 | 2): Promise<boolean> {
  for (const service of serviceNames) {
    await chaos.signal({ service, copy }, 'SIGTERM');
    await delay(ROLL_MS);
  }
  return true;
}
