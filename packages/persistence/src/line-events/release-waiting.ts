/**
 * Line events that wait for what is known by now are applied in bites, a transaction each, tenants in turn: whoever has sent a hundred
 * thousand of them for a line that did not exist waits for his own, and nobody else does.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Problem, problems } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { releaseBite, type LineEventHandler } from './line-events.ts';
import { EVERY_TENANT } from '../database/tx.ts';

const LOOK_EVERY_MS = 500;
const MOST = 500;
/** One that fails alone so often is rejected: its sender may mend it and send it again. */
const MOST_TRIES = 3;

/** What is known of a tenant whose events failed: how many are tried at once, and how often one alone has failed. */
type Care = { readonly most: number; readonly failures: number };
const CAREFREE: Care = { most: MOST, failures: 0 };

/** Starts releasing; returns how to stop, after the bite that is on its way. */
export const startReleasing = (database: Database, handler: LineEventHandler, now: () => string): (() => Promise<void>) => {
  const stopping = new AbortController();
  const careOf = new Map<string, Care>();

  /** Whether there is more. */
  const release = async (tenant: string): Promise<boolean> => {
    const care = careOf.get(tenant) ?? CAREFREE;
    const isHopeless = care.failures >= MOST_TRIES;
    try {
      const refusal = isHopeless ? { refuse: 'it could not be applied when what it waited for became known' } : {};
      const isMore = await releaseBite(database, handler, { tenant, most: care.most, now: now(), ...refusal });
      // Where one event is at fault those behind it are not: by and by they are taken together again.
      if (care.most * 2 >= MOST) careOf.delete(tenant);
      else careOf.set(tenant, { most: care.most * 2, failures: 0 });
      return isMore;
    } catch (error) {
      database.log.warn({ err: error, tenant }, 'what has waited could not be applied; it is tried again');
      const isForNow = error instanceof Problem && problems[error.code].status >= 500;
      if (!isForNow) careOf.set(tenant, { most: 1, failures: care.most === 1 ? care.failures + 1 : 0 });
      return false;
    }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      let isMore = false;
      try {
        const tenants = await database.transact(EVERY_TENANT, (tx) =>
          tx.query<{ tenant_id: string }>('select distinct tenant_id from known_key'),
        );
        for (const { tenant_id } of tenants) if (!stopping.signal.aborted && (await release(tenant_id))) isMore = true;
      } catch (error) {
        database.log.warn({ err: error }, 'what has waited could not be applied; it is tried again');
      }
      if (!isMore) await delay(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return () => {
    stopping.abort();
    return running;
  };
};
