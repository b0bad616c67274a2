/** The resources that a plant has used: processor time by process, memory, bytes on disk by database. */
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames, topology } from '@plantops/contracts';
import { PlantTables } from './plant-tables.ts';
import type { PlantUnderTest } from './plant-under-test.ts';

/** USER_HZ of Linux. */
const TICKS_PER_SECOND = 100;

type Times = { readonly pid: number; readonly parent: number; readonly own: number; readonly ofChildren: number };
function timesOf(pid: number): Times | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in field 2 may contain spaces and parentheses. Field 3 follows the last parenthesis.
    const field = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const number = (of: number) => Number(field[of - 3]);
    const seconds = (of: number) => number(of) / TICKS_PER_SECOND;
    return { pid, parent: number(4), own: seconds(14) + seconds(15), ofChildren: seconds(16) + seconds(17) };
  } catch {
    return undefined;
  }
}
/** By its threads, where the kernel counts nanoseconds: the sum in `stat` is in ticks, which hide short work. */
function ownSeconds({ pid, own }: Times): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const nanoseconds = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    );
    return nanoseconds.reduce((sum, value) => sum + value, 0) / 1e9;
  } catch {
    return own;
  }
}
/** Processor seconds of a process, of its children, and of those that ended: PostgreSQL uses many. */
function secondsOf(pid: number, all: readonly Times[]): number {
  const ofFamily = all.filter((one) => one.pid === pid || one.parent === pid);
  const ended = ofFamily.find((one) => one.pid === pid)?.ofChildren ?? 0;
  return ofFamily.reduce((sum, one) => sum + ownSeconds(one), ended);
}

/** The resident memory of a process, MB; 0 when the process is gone. */
export function residentMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** No process of a service may exceed this, under any load. */
export const MEMORY_BOUND_MB = 300;
const WEIGHED_EVERY_MS = 500;

/**
 * Watches the memory of processes. Returns a function that ends this and returns the most that each used, by name, MB.
 */
export function watchMemory(pids: () => Promise<ReadonlyMap<string, number>>): () => ReadonlyMap<string, number> {
  const most = new Map<string, number>();
  const weigh = async () => {
    for (const [name, pid] of await pids()) most.set(name, Math.max(most.get(name) ?? 0, residentMb(pid)));
  };
  // Between two starts, ready.json may be unreadable for a moment.
  const weighing = setInterval(() => void weigh().catch(() => undefined), WEIGHED_EVERY_MS);
  return () => {
    clearInterval(weighing);
    return most;
  };
}

/** Processor seconds that each process of the plant has used since it started. */
export async function processorSeconds(plant: PlantUnderTest): Promise<Map<string, number>> {
  return processorSecondsOf((await plant.ready()).processes);
}

/** Processor seconds that each of these processes has used since it started, by name. */
export function processorSecondsOf(processes: Readonly<Record<string, number>>): Map<string, number> {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (timesOf(Number(name)) ?? []) : []));
  return new Map(Object.entries(processes).map(([name, pid]) => [name, secondsOf(pid, all)]));
}

/** The bytes of each service's database and of the streams. */
export async function bytesOnDisk(plant: PlantUnderTest): Promise<Map<string, number>> {
  const tables = await PlantTables.open(plant.dataDir);
  try {
    const sizes = new Map<string, number>();
    for (const service of serviceNames.filter((name) => topology[name].database)) {
      const [row] = await tables.query<{ bytes: string }>(
        service,
        'select pg_database_size(current_database()) as bytes',
      );
      sizes.set(service, Number(row?.bytes));
    }
    const streams = join(plant.dataDir, 'jetstream');
    const files = await readdir(streams, { recursive: true, withFileTypes: true });
    const lengths = files
      .filter((file) => file.isFile())
      .map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size);
    return sizes.set(
      'streams',
      (await Promise.all(lengths)).reduce((sum, size) => sum + size, 0),
    );
  } finally {
    await tables.close();
  }
}

export const difference = (
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
): Map<string, number> => new Map([...after].map(([name, value]) => [name, value - (before.get(name) ?? 0)]));
