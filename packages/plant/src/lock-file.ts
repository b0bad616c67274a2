/** A lock that one process holds. Another process takes over the lock of a holder that died. */
import { link, rename, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { readJsonFile, writeDraft } from '@plantops/operations';

import { errorCode, processIdentity } from '@plantops/servers';

/** Several starts may compete for the lock of a dead holder. One of them gets it within a few rounds. */
const MAX_ROUNDS = 100;
const ROUND_MS = 10;

export interface LockHolder {
  readonly pid: number;
  readonly startedAt: string;
}

export type LockOutcome =
  | { readonly taken: true; release(): Promise<void> }
  | { readonly taken: false; readonly holder: LockHolder };

/** Takes the lock for this process, or returns its holder. */
export async function takeLock(path: string): Promise<LockOutcome> {
  const startedAt = await processIdentity(process.pid);
  if (startedAt === undefined) throw new Error('The start time of this process cannot be read.');
  const mine: LockHolder = { pid: process.pid, startedAt };

  // A link appears together with its content, and fails when the name exists: nobody can read an incomplete lock.
  const draft = await writeDraft(path, mine);
  try {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (await linked(draft, path)) return { taken: true, release: () => release(path, mine) };
      const found = await readJsonFile(path);
      const holder = holderOf(found);
      if (holder !== undefined && (await isAlive(holder))) return { taken: false, holder };
      if (found !== undefined && (await replaceDead(path, draft, holder))) {
        return { taken: true, release: () => release(path, mine) };
      }
      await delay(ROUND_MS);
    }
  } finally {
    await rm(draft, { force: true });
  }
  throw new Error(`The lock ${path} could not be taken: its holder changed ${MAX_ROUNDS} times.`);
}

async function release(path: string, mine: LockHolder): Promise<void> {
  if (same(holderOf(await readJsonFile(path)), mine)) await rm(path, { force: true });
}

/**
 * Replaces a dead holder's lock by the draft. Only one process may do so at a time, and only while the dead holder
 * still has the lock: else the second of two would take it from the first.
 */
async function replaceDead(path: string, draft: string, dead: LockHolder | undefined): Promise<boolean> {
  const turn = `${path}.takeover`;
  if (!(await linked(draft, turn))) {
    const other = holderOf(await readJsonFile(turn));
    if (other !== undefined && !(await isAlive(other))) await rm(turn, { force: true });
    return false;
  }
  try {
    const found = await readJsonFile(path);
    if (found === undefined || !same(holderOf(found), dead)) return false;
    await rename(draft, path);
    return true;
  } finally {
    await rm(turn, { force: true });
  }
}

async function isAlive(holder: LockHolder): Promise<boolean> {
  return (await processIdentity(holder.pid)) === holder.startedAt;
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  }
}

function holderOf(value: unknown): LockHolder | undefined {
  if (typeof value !== 'object' || value === null || !('pid' in value) || !('startedAt' in value)) return undefined;
  const { pid, startedAt } = value;
  return typeof pid === 'number' && typeof startedAt === 'string' ? { pid, startedAt } : undefined;
}

function same(one: LockHolder | undefined, other: LockHolder | undefined): boolean {
  return one?.pid === other?.pid && one?.startedAt === other?.startedAt;
}
