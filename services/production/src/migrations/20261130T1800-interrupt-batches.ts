import { sqlMigration, tenantPolicy } from '@plantops/persistence';

/**
 * Batches that are paused and interrupted. `settled_at`: where nobody has ended a batch, the instant from which it no
 * longer wants the line; null: none yet. `lasts_to`: that, or its end. A batch of before that nobody ended was ended by
 * the next one.
 */
export const interruptBatches = sqlMigration(
  '20261130T1800-interrupt-batches',
  `
  alter table batch
    add column runs jsonb,
    add column interrupted boolean not null default false,
    add column cut_at timestamptz,
    add column settled_at timestamptz,
    drop constraint batch_status_check,
    add constraint batch_status_check
      check (status in ('planned', 'running', 'paused', 'completed', 'cancelled'));
  update batch b
  set cut_at = n.started_at, settled_at = n.started_at
  from (
    select id, lead(started_at) over (partition by tenant_id, line_id order by started_at, id) as started_at
    from batch
    where started_at is not null) n
  where n.id = b.id and n.started_at is not null and b.status = 'running';
  alter table batch
    add column lasts_to timestamptz not null
      generated always as (coalesce(completed_at, cancelled_at, settled_at, timestamptz 'infinity')) stored;
  create index batch_lasting on batch (tenant_id, line_id, lasts_to) where started_at is not null;

  create table batch_word (
    tenant_id text not null,
    batch_id uuid not null,
    at timestamptz not null,
    word text not null check (word in ('pause', 'resume')),
    primary key (tenant_id, batch_id, at, word),
    foreign key (tenant_id, batch_id) references batch (tenant_id, id)
  );
  ${tenantPolicy('batch_word')}
  `,
);
