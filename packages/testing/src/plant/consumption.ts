/** What a plant has used of its machine: processor time by process, memory, bytes on disk by database. */
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames, topology } from '@plantops/contracts';
import { PlantTables } from './plant-tables.ts';
import type { PlantUnderTest } from './plant-under-test.ts';

/** Of Linux, always. */
const TICKS_PER_SECOND = 100;

type Times = { readonly parent: number; readonly own: number; readonly ofChildren: number };
const timesOf = (pid: number): Times | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in field 2 may hold anything; what follows it is field 3 and so on.
    const field = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = (number: number) => Number(field[number - 3]);
    return { parent: ticks(4), own: ticks(14) + ticks(15), ofChildren: ticks(16) + ticks(17) };
  } catch {
    return undefined;
  }
};
/** Of a process, the children it has and those that have ended: PostgreSQL works in many. */
const secondsOf = (pid: number): number => {
  const all = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [{ pid: Number(name), ...timesOf(Number(name)) }] : []));
  const ofFamily = all.filter((one) => one.pid === pid || one.parent === pid);
  const ended = timesOf(pid)?.ofChildren ?? 0;
  return (ended + ofFamily.reduce((sum, { own = 0 }) => sum + own, 0)) / TICKS_PER_SECOND;
};

/** Of one that is gone, 0. */
const residentMb = (pid: number): number => {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

/** What no process of a service exceeds, whatever is asked of it. */
export const MEMORY_BOUND_MB = 300;
const WEIGHED_EVERY_MS = 500;

/** Watches the memory of processes by name until it is asked: then it says the most that each has taken, MB. */
export const watchMemory = (pids: () => Promise<ReadonlyMap<string, number>>): (() => ReadonlyMap<string, number>) => {
  const most = new Map<string, number>();
  const weigh = async () => {
    for (const [name, pid] of await pids()) most.set(name, Math.max(most.get(name) ?? 0, residentMb(pid)));
  };
  // Between two starts a plant's file may be unreadable for a moment.
  const weighing = setInterval(() => void weigh().catch(() => undefined), WEIGHED_EVERY_MS);
  return () => {
    clearInterval(weighing);
    return most;
  };
};

/** Seconds of a processor that each process has taken since it started. */
export const processorSeconds = async (plant: PlantUnderTest): Promise<Map<string, number>> => {
  const { processes } = await plant.ready();
  return new Map(Object.entries(processes).map(([name, pid]) => [name, secondsOf(pid)]));
};

/** Bytes of each service's database, and of the streams. */
export const bytesOnDisk = async (plant: PlantUnderTest): Promise<Map<string, number>> => {
  const tables = await PlantTables.open(plant.dataDir);
  try {
    const sizes = new Map<string, number>();
    for (const service of serviceNames.filter((name) => topology[name].database)) {
      const [row] = await tables.query<{ bytes: string }>(service, 'select pg_database_size(current_database()) as bytes');
      sizes.set(service, Number(row?.bytes));
    }
    const streams = join(plant.dataDir, 'jetstream');
    const files = await readdir(streams, { recursive: true, withFileTypes: true });
    const lengths = files.filter((file) => file.isFile()).map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size);
    return sizes.set(
      'streams',
      (await Promise.all(lengths)).reduce((sum, size) => sum + size, 0),
    );
  } finally {
    await tables.close();
  }
};

export const difference = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Map<string, number> =>
  new Map([...after].map(([name, value]) => [name, value - (before.get(name) ?? 0)]));
