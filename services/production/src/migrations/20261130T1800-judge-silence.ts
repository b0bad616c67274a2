import { sqlMigration } from '@plantops/persistence';

/** Settings of a line for what its units and its silence say: whether units end a stop, and how long it may be silent. */
export const judgeSilence = sqlMigration(
  '20261130T1800-judge-silence',
  'alter table line add column units_end_stops boolean not null default true, add column silence_seconds integer;',
);
