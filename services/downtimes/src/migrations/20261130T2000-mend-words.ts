import { sqlMigration } from '@plantops/persistence';

/**
 * `20261130T1500-keep-words` was changed after it had run in databases between two releases. Those get the columns that
 * it makes now, and what people had decided goes on.
 */
export const mendWords = sqlMigration(
  '20261130T2000-mend-words',
  `
  alter table state_stop
    add column if not exists given_from timestamptz,
    add column if not exists given_to timestamptz,
    add column if not exists is_fixed boolean not null default false,
    add column if not exists takes_rest boolean not null default false,
    add column if not exists taken_from timestamptz,
    add column if not exists taken_to timestamptz;
  create index if not exists state_stop_taken on state_stop (tenant_id, line_id, taken_to) where taken_from is not null;
  create index if not exists stop_word_row on stop_word (tenant_id, downtime_id);
  do $$
  begin
    if exists (
      select from information_schema.columns
      where table_schema = 'public' and table_name = 'state_stop' and column_name = 'decided_from') then
      update state_stop
      set is_fixed = true, taken_from = decided_from, taken_to = coalesce(decided_to, 'infinity'),
        takes_rest = decided_to is null
      where decided_from is not null;
      drop index state_stop_decided;
    end if;
  end $$;
  `,
);
