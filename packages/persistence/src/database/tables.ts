/**
 * The SQL that the services' migrations share: row-level security, the columns of every row, the tables of messages.
 */

/** Row-level security: a transaction sees and writes the rows of its tenant only. */
export const tenantPolicy = (table: string): string => `
  alter table ${table} enable row level security;
  create policy tenant_wall on ${table} using (tenant_id = current_setting('app.tenant_id', true)) with check (tenant_id = current_setting('app.tenant_id', true));`;

/** The same for tables of messages and of work to do, which the service also reads for all tenants, under the scope '*'. */
export const messagePolicy = (table: string): string => `
  alter table ${table} enable row level security;
  create policy tenant_wall on ${table}
    using (tenant_id = current_setting('app.tenant_id', true) or current_setting('app.tenant_id', true) = '*')
    with check (tenant_id = current_setting('app.tenant_id', true) or current_setting('app.tenant_id', true) = '*');`;

/**
 * A function that finds the rows of a line whose time overlaps an interval, by a range index. Under row-level security
 * a statement cannot use an index of ranges (their operators are not leak-proof); the function reads as the tables'
 * owner and checks the tenant itself.
 */
export const overlapFunction = ({
  name,
  table,
  span,
  where,
}: {
  name: string;
  table: string;
  span: string;
  where: string;
}): string => `
  create function ${name}(of_line uuid, asked tstzrange) returns setof ${table} language sql stable security definer set search_path = public as
    $$ select * from ${table} where tenant_id = current_setting('app.tenant_id', true) and line_id = of_line and ${where} and ${span} && asked $$;`;

/** The columns of every row. */
export const rowColumns = `
  id uuid primary key,
  tenant_id text not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by text not null,
  updated_by text not null`;

/** Events to be published (outbox) and events that were applied (inbox), written in the transactions of their rows. */
export const messageTables = `
  create table outbox (
    id bigint generated always as identity primary key,
    event_id uuid not null unique,
    tenant_id text not null,
    subject text not null,
    payload text not null,
    created_at timestamptz not null default now(),
    published_at timestamptz,
    retry_at timestamptz,
    stream text,
    stream_seq bigint
  ) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01);
  create index outbox_pending on outbox (id) where published_at is null;
  create index outbox_published on outbox (published_at) where published_at is not null;
  ${messagePolicy('outbox')}
  create table inbox (
    event_id uuid primary key,
    tenant_id text not null,
    processed_at timestamptz not null default now()
  );
  create index inbox_processed on inbox (processed_at);
  ${messagePolicy('inbox')}`;

/**
 * For `stream-guard.ts`: which stream acknowledged an event, and how often the event was published again. A stream that
 * was created again counts from 1: two dead letters may have the same sequence.
 */
export const guardColumns = `
  alter table outbox add column stream_created timestamptz, add column times_again integer not null default 0;
  create index outbox_acknowledged on outbox (stream, stream_created, stream_seq) where stream_seq is not null;
  alter table dead_letter drop constraint dead_letter_tenant_id_stream_stream_seq_key;
  create unique index dead_letter_message on dead_letter (tenant_id, stream, stream_seq, md5(payload));`;

/** Events that were not stored and wait for another try, by their row: later events of the row wait behind them. */
export const orderIndex = `
  create index outbox_failed on outbox (row_id, entity, id) where published_at is null and retry_at is not null;`;

/** Pending events by tenant: the relay takes turns between tenants. */
export const turnIndex = `
  create index outbox_turn on outbox (tenant_id, id) where published_at is null;
  drop index outbox_pending;`;

/** Line events that can never be applied, with the reason. */
export const rejectionTable = `
  create table line_event_rejection (
    id uuid primary key,
    tenant_id text not null,
    line_code text not null,
    kind text not null,
    event_id text,
    reason text not null,
    body text not null,
    fingerprint text not null,
    rejected_at timestamptz not null,
    unique (tenant_id, fingerprint)
  );
  create index line_event_rejection_recent on line_event_rejection (tenant_id, rejected_at, id);
  ${tenantPolicy('line_event_rejection')}`;

/** Line events: the ids that were seen (for ever), those that wait, those that were rejected. */
export const lineEventTables = `
  create table line_event (
    tenant_id text not null,
    event_id text not null,
    fingerprint text not null,
    received_at timestamptz not null default now(),
    primary key (tenant_id, event_id)
  );
  ${tenantPolicy('line_event')}
  create table waiting_line_event (
    tenant_id text not null,
    event_id text not null,
    waits_for text not null,
    event jsonb not null,
    received_at timestamptz not null,
    primary key (tenant_id, event_id)
  );
  create index waiting_line_event_key on waiting_line_event (tenant_id, waits_for, received_at);
  create index waiting_line_event_age on waiting_line_event (received_at);
  ${messagePolicy('waiting_line_event')}
  ${rejectionTable}`;

/**
 * Line events that wait for their time or for a person; what people filter by follows from the event. Copies of the
 * version before write neither instant.
 */
export const waitingRoomTables = `
  alter table waiting_line_event
    add column id uuid not null default gen_random_uuid(),
    add column arrived_at timestamptz,
    add column happened_at timestamptz,
    add column line_code text generated always as (event->>'line') stored,
    add column kind text generated always as (event->>'kind') stored,
    add column reason text generated always as (
      case when waits_for like '%:%' then 'unknown_' || split_part(waits_for, ':', 1) else waits_for end
    ) stored;
  create unique index waiting_line_event_id on waiting_line_event (tenant_id, id);
  create index waiting_line_event_due on waiting_line_event (happened_at) where waits_for = 'early';`;

/** How often a message was rejected, and when last (null: once). */
export const rejectionCounts = `
  alter table line_event_rejection
    add column times integer not null default 1,
    add column last_rejected_at timestamptz;
  create index line_event_rejection_line on line_event_rejection (tenant_id, line_code, rejected_at, id);
  create index line_event_rejection_event on line_event_rejection (tenant_id, event_id);`;

/** A service's own copy of master data (plants, lines, products): the service works while their owner is away. */
export const masterTable = `
  create table master (
    tenant_id text not null,
    kind text not null,
    id uuid not null,
    code text not null,
    version integer not null,
    data jsonb not null,
    primary key (tenant_id, kind, id)
  );
  create index master_code on master (tenant_id, kind, code);
  ${tenantPolicy('master')}`;

/** Idempotency keys and the answers under them. */
export const commandTables = `
  create table idempotency_key (
    tenant_id text not null,
    actor text not null,
    key text not null,
    fingerprint text not null,
    answer text,
    refusal text,
    created_at timestamptz not null default now(),
    primary key (tenant_id, actor, key)
  );
  create index idempotency_key_age on idempotency_key (created_at);
  ${messagePolicy('idempotency_key')}`;

export const deadLetterTable = `
  create table dead_letter (
    id uuid primary key,
    tenant_id text not null,
    stream text not null,
    stream_seq bigint not null,
    message_subject text not null,
    payload text not null,
    reason text not null,
    parked_at timestamptz not null,
    replayed_at timestamptz,
    replayed_by text,
    unique (tenant_id, stream, stream_seq)
  );
  create index dead_letter_parked on dead_letter (tenant_id, parked_at, id);
  ${tenantPolicy('dead_letter')}`;

/** Attempts of messages that were delivered several times: a message whose attempts never end crashes its consumer. */
export const begunMessageTable = `
  create table begun_message (
    tenant_id text not null,
    stream text not null,
    stream_seq bigint not null,
    begun integer not null default 0,
    primary key (tenant_id, stream, stream_seq)
  );
  ${messagePolicy('begun_message')}`;

/** Keys that became known while more line events waited for them than could be applied at once. */
export const knownKeyTable = `
  create table known_key (
    tenant_id text not null,
    key text not null,
    noted_at timestamptz not null default now(),
    primary key (tenant_id, key)
  );
  ${messagePolicy('known_key')}`;

/** Events of rows that the outbox no longer has. */
export const historyTable = `
  alter table outbox add column row_id uuid, add column entity text;
  update outbox set row_id = (payload::jsonb->>'subject')::uuid, entity = split_part(payload::jsonb->>'type', '.', 1)
    where payload like '{"specversion"%' and payload::jsonb->>'type' <> 'state.changed';
  create index outbox_row on outbox (tenant_id, row_id, entity) where row_id is not null;
  create table history (
    event_id uuid primary key,
    tenant_id text not null,
    row_id uuid not null,
    entity text not null,
    time timestamptz not null,
    payload text not null
  );
  create index history_row on history (tenant_id, row_id, entity);
  ${messagePolicy('history')}`;

/** Smaller tables are read as fast by any plan. */
const FEWEST_PAGES = 4;
/** Of 8 KiB: larger tables are left to autovacuum, which looks once a minute. */
const MOST_PAGES = 16_384;

/**
 * A function that analyzes each table that has twice as many pages as its statistics know, or no statistics, and returns
 * their names. The service's role owns no table, so it cannot do this itself. Copies of a service do not wait for each
 * other: one of them does it.
 */
export const analyzeFunction = `
  create function analyze_grown_tables() returns setof text language plpgsql security definer
    set search_path = public, pg_temp as $function$
  declare
    page_bytes constant integer := current_setting('block_size');
    grown text;
  begin
    if not pg_try_advisory_xact_lock(hashtextextended('analyze_grown_tables', 0)) then return; end if;
    for grown in
      select relname
      from pg_class c, lateral (select pg_relation_size(c.oid) / page_bytes as size) now
      where relkind = 'r' and relnamespace = 'public'::regnamespace and relowner = current_user::regrole
        and now.size between ${FEWEST_PAGES} and ${MOST_PAGES}
        and (now.size >= 2 * relpages or not exists (
          select from pg_stats where schemaname = 'public' and tablename = relname
        ))
      order by relname
    loop
      execute format('analyze (skip_locked) %I', grown);
      return next grown;
    end loop;
  end $function$;`;
