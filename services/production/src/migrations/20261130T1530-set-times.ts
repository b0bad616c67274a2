import { sqlMigration } from '@plantops/persistence';

/** Settings of a line for what controllers send: units that come late, stops that are noise, names of states. */
export const setTimes = sqlMigration(
  '20261130T1530-set-times',
  `
  alter table line
    add column late_unit_seconds integer not null default 120,
    add column ignore_stop_seconds integer not null default 0,
    add column state_map jsonb;
  `,
);
