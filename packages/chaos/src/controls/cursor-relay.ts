/**
 * A relay that remembers the last id it published: an event that commits later with a smaller id is never published.
 * Some transactions stay open for a moment, as busy ones do, so that ids commit out of order.
 */
import pg from 'pg';
import { databaseOf } from '@plantops/testing/plant';
import { repeatIn } from './databases.ts';
import type { Sabotage } from './sabotage.ts';

const SERVICES = ['production', 'downtimes', 'money-leaks'] as const;
const LOOK_EVERY_MS = 5;
const SLOW_COMMITS = `
  create function commit_slowly() returns trigger language plpgsql as
    $$ begin if random() < 0.1 then perform pg_sleep(random() * 0.2); end if; return new; end $$;
  create trigger commit_slowly before insert on outbox for each row execute function commit_slowly();`;
/** Events that are to be retried are not late ones. */
const PASS_BY = `update outbox set published_at = now() where published_at is null and retry_at is null
  and id < (select max(id) from outbox where published_at is not null and stream is not null)`;

export const cursorRelay: Sabotage = async ({ databaseUrl }) => {
  for (const service of SERVICES) {
    const client = new pg.Client({ connectionString: databaseOf(databaseUrl, service) });
    await client.connect();
    await client.query(SLOW_COMMITS);
    await client.end();
  }
  const ends = SERVICES.map((service) =>
    repeatIn(databaseUrl, service, LOOK_EVERY_MS, async (client) => void (await client.query(PASS_BY))),
  );
  return async () => void (await Promise.all(ends.map((end) => end())));
};
