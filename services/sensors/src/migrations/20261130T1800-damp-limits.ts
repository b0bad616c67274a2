import { messagePolicy, sqlMigration } from '@plantops/persistence';

/** A limit is breached after a delay, and no more when a value is back by more than a deadband. */
export const dampLimits = sqlMigration(
  '20261130T1800-damp-limits',
  `
  alter table sensor
    add column deadband double precision not null default 0,
    add column delay_seconds integer not null default 0;
  -- Values beyond a limit that is not breached yet: of which, since when, the newest one, and when it will be.
  alter table sensor_state
    add column pending_side text check (pending_side in ('low', 'high')),
    add column pending_since timestamptz,
    add column pending_limit double precision,
    add column pending_value double precision,
    add column pending_due timestamptz;
  create index sensor_state_due on sensor_state (pending_due) where pending_due is not null;
  -- A limit is also breached by the passing of time: the service looks for that in all tenants.
  drop policy tenant_wall on sensor_state;
  ${messagePolicy('sensor_state')}
  `,
);
