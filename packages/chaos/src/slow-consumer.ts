/**
 * Makes a listener slow: the transaction of every chunk waits, in all of its copies, while more events arrive than it
 * can apply.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName } from '@plantops/contracts';
import pg from 'pg';
import type { ChaosPlant } from './chaos-plant.ts';
import { databaseOf } from '@plantops/testing/plant';

const SLOW = `create or replace function take_time() returns trigger language plpgsql as $$ begin perform pg_sleep(0.2); return null; end $$;
  create or replace trigger take_time after insert on inbox for each statement execute function take_time();`;
const QUICK = 'drop trigger if exists take_time on inbox';
const AGAIN_MS = 500;
const FIRST_TRIES = 4;
const TRIES = 40;

/** Slows a service down for `ms`, and calls `burst`, which sends many events at once. */
export async function slowDown(
  chaos: ChaosPlant,
  service: ServiceName,
  ms: number,
  burst: () => void,
): Promise<boolean> {
  const url = databaseOf(chaos.databaseUrl, service);
  if (!(await run(url, SLOW, FIRST_TRIES))) return false;
  burst();
  await delay(ms);
  // The database may be away now because of another fault.
  if (!(await run(url, QUICK, TRIES))) throw new Error(`${service} could not be made quick again`);
  return true;
}

async function run(connectionString: string, statement: string, tries: number): Promise<boolean> {
  for (let turn = 1; turn <= tries; turn += 1) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2_000, lock_timeout: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(statement);
      return true;
    } catch {
      if (turn < tries) await delay(AGAIN_MS);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}
