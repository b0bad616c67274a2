/** A lock that one process holds. Another process takes over the lock of a holder that died. */
import { link, rename, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { checkJsonFile, writeDraft, type Remark } from '@plantops/operations';
import { z } from 'zod';

import { errorCode, processIdentity } from '@plantops/servers';

/** Several starts may compete for the lock of a dead holder. One of them gets it within a few rounds. */
const MAX_ROUNDS = 100;
const ROUND_MS = 10;

const lockHolder = z.object({ pid: z.number().int().min(1), startedAt: z.string() });
export type LockHolder = Readonly<z.infer<typeof lockHolder>>;
/** Of a lock that names no holder: it appears together with its content, so it was damaged later. */
const NOBODY = 'nobody';

export type LockOutcome =
  | { readonly taken: true; release(): Promise<void> }
  | { readonly taken: false; readonly holder: LockHolder };

/** Takes the lock for this process, or returns its holder. A lock that names no holder is replaced, with a remark. */
export async function takeLock(path: string, remark: Remark): Promise<LockOutcome> {
  const startedAt = await processIdentity(process.pid);
  if (startedAt === undefined) throw new Error('The start time of this process cannot be read.');
  const mine: LockHolder = { pid: process.pid, startedAt };

  // A link appears together with its content, and fails when the name exists: nobody can read an incomplete lock.
  const draft = await writeDraft(path, mine);
  try {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if (await linked(draft, path)) return { taken: true, release: () => release(path, mine) };
      const holder = await holderOf(path);
      if (holder !== undefined && holder !== NOBODY && (await isAlive(holder))) return { taken: false, holder };
      if (holder !== undefined && (await replaceDead(path, draft, holder))) {
        if (holder === NOBODY) remark(`${path} named no process and was made again`);
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
  if (same(await holderOf(path), mine)) await rm(path, { force: true });
}

/**
 * Replaces a dead holder's lock by the draft. Only one process may do so at a time, and only while the dead holder
 * still has the lock: else the second of two would take it from the first.
 */
async function replaceDead(path: string, draft: string, dead: Holder): Promise<boolean> {
  const turn = `${path}.takeover`;
  if (!(await linked(draft, turn))) {
    const other = await holderOf(turn);
    if (other !== undefined && !(await isAlive(other))) await rm(turn, { force: true });
    return false;
  }
  try {
    if (!same(await holderOf(path), dead)) return false;
    await rename(draft, path);
    return true;
  } finally {
    await rm(turn, { force: true });
  }
}

type Holder = LockHolder | typeof NOBODY;

/** The holder that a lock names; undefined when there is no lock. */
async function holderOf(path: string): Promise<Holder | undefined> {
  const lock = await checkJsonFile(path, lockHolder);
  if (lock === undefined) return undefined;
  return 'value' in lock ? lock.value : NOBODY;
}

async function isAlive(holder: Holder): Promise<boolean> {
  if (holder === NOBODY) return false;
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

function same(one: Holder | undefined, other: Holder): boolean {
  if (one === undefined || one === NOBODY || other === NOBODY) return one === other;
  return one.pid === other.pid && one.startedAt === other.startedAt;
}
