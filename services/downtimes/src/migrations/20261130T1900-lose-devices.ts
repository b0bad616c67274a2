import { sqlMigration, tenantPolicy } from '@plantops/persistence';

/** Devices that report for lines, and whether they are away. */
export const loseDevices = sqlMigration(
  '20261130T1900-lose-devices',
  `
  create table line_device (
    tenant_id text not null,
    connection_id uuid not null,
    line_code text not null,
    device text not null,
    is_lost boolean not null,
    -- When that was noticed last.
    at timestamptz not null,
    reason text not null,
    primary key (tenant_id, connection_id, line_code, device)
  );
  create index line_device_lost on line_device (tenant_id, at) where is_lost;
  ${tenantPolicy('line_device')}
  `,
);
