import { sqlMigration, tenantPolicy } from '@plantops/persistence';

/**
 * How much of master data each tenant has. All of it stands in one stream that keeps it for ever: without a limit one tenant could fill it, and
 * nobody else's plants, lines and products would be announced any more.
 */
const MOST_MIB = 16;
const counted = (table: string) => `
  create trigger note_master_size after insert or update or delete on ${table} for each row execute function note_master_size();`;

export const limitMasterData = sqlMigration(
  '20261123T0400-limit-master-data',
  `
  create table master_size (tenant_id text primary key, bytes bigint not null);
  ${tenantPolicy('master_size')}
  insert into master_size
    select tenant_id, sum(bytes) from (
      select tenant_id, octet_length(to_jsonb(t)::text) as bytes from plant t union all
      select tenant_id, octet_length(to_jsonb(t)::text) from line t union all
      select tenant_id, octet_length(to_jsonb(t)::text) from product t
    ) each group by tenant_id;

  create function note_master_size() returns trigger language plpgsql as $$
  declare
    change bigint := coalesce(octet_length(to_jsonb(new)::text), 0) - coalesce(octet_length(to_jsonb(old)::text), 0);
    total bigint;
  begin
    insert into master_size as s values (coalesce(new.tenant_id, old.tenant_id), change)
      on conflict (tenant_id) do update set bytes = s.bytes + excluded.bytes returning bytes into total;
    if change > 0 and total > ${MOST_MIB} * 1024 * 1024 then
      raise exception 'plants, lines and products take ${MOST_MIB} MiB together, the most that is kept: keep fewer versions, rates or calendars'
        using errcode = 'check_violation', constraint = 'master_size_limit';
    end if;
    return null;
  end $$;
  ${['plant', 'line', 'product'].map(counted).join('')}
  `,
);
