/**
 * Line events that wait for keys which are known by now, or whose time has come, are applied in chunks, one transaction each, tenants in turn: a
 * tenant that sent a hundred thousand of them for a line that did not exist delays nobody else.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Problem, problems } from '@plantops/contracts';
import type { Database } from '../database/database.ts';
import { eachTenant } from '../database/each-tenant.ts';
import { sql } from '../database/sql.ts';
import { releaseChunk } from './apply-line-events.ts';
import type { LineEventHandler } from './verdict.ts';

const LOOK_EVERY_MS = 500;
const MOST_AT_ONCE = 500;
/** An event that fails alone so often is rejected: its sender can correct it and send it again. */
const MOST_TRIES = 3;

/** For a tenant whose events failed: how many are tried at once, and how often one alone has failed. */
type Care = { readonly most: number; readonly failures: number };
const CAREFREE: Care = { most: MOST_AT_ONCE, failures: 0 };

/** Starts releasing; returns how to stop, after the current chunk. */
export function startReleasing(database: Database, handler: LineEventHandler, now: () => string): () => Promise<void> {
  const stopping = new AbortController();
  const careOf = new Map<string, Care>();

  /** Returns whether there is more. */
  const release = async (tenant: string): Promise<boolean> => {
    const care = careOf.get(tenant) ?? CAREFREE;
    const isHopeless = care.failures >= MOST_TRIES;
    try {
      const rejection = isHopeless ? { rejectAs: 'it could not be applied when what it waited for became known' } : {};
      const isMore = await releaseChunk(database, handler, { tenant, most: care.most, now: now(), ...rejection });
      // The events behind a bad one are good: step by step more of them are applied together.
      if (care.most * 2 >= MOST_AT_ONCE) careOf.delete(tenant);
      else careOf.set(tenant, { most: care.most * 2, failures: 0 });
      return isMore;
    } catch (error) {
      database.log.warn({ err: error, tenant }, 'waiting line events could not be applied; trying again');
      const isTemporary = error instanceof Problem && problems[error.code].status >= 500;
      if (!isTemporary) careOf.set(tenant, { most: 1, failures: care.most === 1 ? care.failures + 1 : 0 });
      return false;
    }
  };

  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      let isMore = false;
      try {
        await eachTenant(
          database,
          sql`select distinct tenant_id from (
            select tenant_id
            from known_key
            union all
            select tenant_id
            from waiting_line_event
            where waits_for = 'early' and happened_at <= ${now()}) due`,
          async (tenant) => {
            if (!stopping.signal.aborted && (await release(tenant))) isMore = true;
          },
        );
      } catch (error) {
        database.log.warn({ err: error }, 'waiting line events could not be applied; trying again');
      }
      if (!isMore) await delay(LOOK_EVERY_MS, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const running = run();
  return () => {
    stopping.abort();
    return running;
  };
}
