/** The SQL that the services' migrations share: row level security, the columns of every row, the tables of messages. */

/** Rows of a table are seen and taken only by transactions of their tenant. */
export const tenantWall = (table: string): string => `
  alter table ${table} enable row level security;
  create policy tenant_wall on ${table} using (tenant_id = current_setting('app.tenant_id', true)) with check (tenant_id = current_setting('app.tenant_id', true));`;

/** Message tables are worked off for all tenants by the service itself, under the scope '*', which is no tenant's name. */
const messageWall = (table: string): string => `
  alter table ${table} enable row level security;
  create policy tenant_wall on ${table}
    using (tenant_id = current_setting('app.tenant_id', true) or current_setting('app.tenant_id', true) = '*')
    with check (tenant_id = current_setting('app.tenant_id', true) or current_setting('app.tenant_id', true) = '*');`;

/**
 * A function that finds the rows of a line whose time overlaps a span, by a range index. Row level security keeps an index of ranges out of
 * a statement's reach (their operators might leak); the function reads as the tables' owner and keeps the wall itself.
 */
export const overlapFunction = ({ name, table, span, where }: { name: string; table: string; span: string; where: string }): string => `
  create function ${name}(of_line uuid, asked tstzrange) returns setof ${table} language sql stable security definer set search_path = public as
    $$ select * from ${table} where tenant_id = current_setting('app.tenant_id', true) and line_id = of_line and ${where} and ${span} && asked $$;`;

/** The columns that every stored row carries. */
export const rowColumns = `
  id uuid primary key,
  tenant_id text not null,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  created_by text not null,
  updated_by text not null`;

/** What is announced (outbox) and what has been applied (inbox), in the same transactions as the rows they stand for. */
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
  ${messageWall('outbox')}
  create table inbox (
    event_id uuid primary key,
    tenant_id text not null,
    processed_at timestamptz not null default now()
  );
  create index inbox_processed on inbox (processed_at);
  ${messageWall('inbox')}`;

/**
 * Which stream acknowledged an announcement, and how often it has been sent again: what `stream-guard.ts` goes by. And a stream that was made anew
 * counts from 1 again: two messages that were set aside may have the same place.
 */
export const guardColumns = `
  alter table outbox add column stream_created timestamptz, add column times_again integer not null default 0;
  create index outbox_acknowledged on outbox (stream, stream_created, stream_seq) where stream_seq is not null;
  alter table dead_letter drop constraint dead_letter_tenant_id_stream_stream_seq_key;
  create unique index dead_letter_message on dead_letter (tenant_id, stream, stream_seq, md5(payload));`;

/** What was not stored and waits to go out again, by the row it tells of: what came after it is held back by this. */
export const orderIndex = `
  create index outbox_failed on outbox (row_id, entity, id) where published_at is null and retry_at is not null;`;

/** Messages of outside systems that can never be applied, with the reason. */
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
  ${tenantWall('line_event_rejection')}`;

/** What a service keeps of line events: the ids it has seen (for ever), those that wait, those it rejected. */
export const lineEventTables = `
  create table line_event (
    tenant_id text not null,
    event_id text not null,
    fingerprint text not null,
    received_at timestamptz not null default now(),
    primary key (tenant_id, event_id)
  );
  ${tenantWall('line_event')}
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
  ${messageWall('waiting_line_event')}
  ${rejectionTable}`;

/** A service's own copy of others' master data (plants, lines, products), as last announced: it works while their owner is away. */
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
  ${tenantWall('master')}`;

/** Commands done once, messages set aside, and the announcements of a row for good: what came to every service after its first tables. */
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
  ${messageWall('idempotency_key')}`;

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
  ${tenantWall('dead_letter')}`;

/** Messages that came back several times and are being applied, and how often each was begun: what is never ended ends the process. */
export const begunMessageTable = `
  create table begun_message (
    tenant_id text not null,
    stream text not null,
    stream_seq bigint not null,
    begun integer not null default 0,
    primary key (tenant_id, stream, stream_seq)
  );
  ${messageWall('begun_message')}`;

/** Keys that have become known while more waited for them than could be applied at once. */
export const knownKeyTable = `
  create table known_key (
    tenant_id text not null,
    key text not null,
    noted_at timestamptz not null default now(),
    primary key (tenant_id, key)
  );
  ${messageWall('known_key')}`;

/** What the outbox no longer keeps of a row's announcements. */
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
  ${messageWall('history')}`;
