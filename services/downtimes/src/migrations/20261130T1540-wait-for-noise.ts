import { sqlMigration } from '@plantops/persistence';

/** Lines that have just left running, and when that is long enough to be a stop (`ignore_stop_seconds`). */
export const waitForNoise = sqlMigration(
  '20261130T1540-wait-for-noise',
  `
  create table open_departure (
    tenant_id text not null,
    line_id uuid not null,
    since timestamptz not null,
    due_at timestamptz not null,
    primary key (tenant_id, line_id)
  );
  create index open_departure_due on open_departure (due_at);
  alter table open_departure enable row level security;
  create policy tenant_wall on open_departure
    using (tenant_id = current_setting('app.tenant_id', true) or current_setting('app.tenant_id', true) = '*')
    with check (tenant_id = current_setting('app.tenant_id', true));
  `,
);
