import { commandTables, rowColumns, sqlMigration, tenantPolicy } from '@plantops/persistence';

export const createGateway = sqlMigration(
  '20261122T2000-create-gateway',
  `
  -- Keys are kept as hashes: whoever reads this table can use none of them.
  create table api_key (
    ${rowColumns},
    name text not null,
    role text not null check (role in ('viewer', 'operator', 'engineer', 'admin')),
    key_prefix text not null,
    key_hash text not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz,
    unique (tenant_id, key_prefix)
  );
  create index api_key_created on api_key (tenant_id, created_at, id);
  ${tenantPolicy('api_key')}
  ${commandTables}
  `,
);
