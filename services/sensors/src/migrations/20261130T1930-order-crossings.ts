import { sqlMigration } from '@plantops/persistence';

/** When the newest crossing was: a reading that comes late announces no crossing before it. */
export const orderCrossings = sqlMigration(
  '20261130T1930-order-crossings',
  'alter table sensor_state add column crossed_at timestamptz',
);
