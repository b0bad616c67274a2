import { rejectionCounts, rowColumns, sqlMigration, tenantPolicy, waitingRoomTables } from '@plantops/persistence';

/** Line events whose clock is not plausible wait, by a setting of the tenant; rejections are counted. */
export const waitForClocks = sqlMigration(
  '20261130T1500-wait-for-clocks',
  `
  create table tenant_settings (
    ${rowColumns},
    late_after_days integer not null,
    unique (tenant_id)
  );
  ${tenantPolicy('tenant_settings')}
  ${waitingRoomTables}
  ${rejectionCounts}
  `,
);
