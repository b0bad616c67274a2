/**
 * Negative controls: each removes one thing that keeps the plant correct, from outside the product: in the temporary
 * databases or on the network. A run that does not notice it proves nothing.
 */
import type { ServiceName } from '@plantops/contracts';
import pg from 'pg';
import { ackBeforeCommit } from './ack-before-commit.ts';
import { cursorRelay } from './cursor-relay.ts';
import { databaseOf } from '@plantops/testing/plant';
import { publishBeforeCommit } from './publish-before-commit.ts';
import type { Sabotage } from './sabotage.ts';

export const controlNames = [
  'no-inbox',
  'ack-before-commit',
  'cursor-relay',
  'publish-before-commit',
  'guard-off',
  'migration-without-lock',
] as const;
export type ControlName = (typeof controlNames)[number];

/** Runs statements in the databases of these services, as their administrator. */
const inDatabases =
  (services: readonly ServiceName[], statements: string): Sabotage =>
  async ({ databaseUrl }) => {
    for (const service of services) {
      const client = new pg.Client({ connectionString: databaseOf(databaseUrl, service) });
      await client.connect();
      await client.query(statements);
      await client.end();
    }
    return async () => undefined;
  };

/** Every delivery of an event looks new. */
const noInbox = inDatabases(
  ['downtimes', 'money-leaks'],
  `create function forget_event() returns trigger language plpgsql security definer set search_path = public as
     $$ begin delete from inbox where event_id = new.event_id; return new; end $$;
   create trigger forget_event before insert on inbox for each row execute function forget_event();`,
);

/** The stream guard does not find lost events. */
const guardOff = inDatabases(
  ['production', 'downtimes', 'money-leaks', 'trials', 'sensors'],
  `create function keep_published() returns trigger language plpgsql as $$ begin return null; end $$;
   create trigger keep_published before update on outbox for each row
     when (old.published_at is not null and new.published_at is null) execute function keep_published();`,
);

export const sabotages: Readonly<Record<Exclude<ControlName, 'migration-without-lock'>, Sabotage>> = {
  'no-inbox': noInbox,
  'ack-before-commit': ackBeforeCommit,
  'cursor-relay': cursorRelay,
  'publish-before-commit': publishBeforeCommit,
  'guard-off': guardOff,
};
