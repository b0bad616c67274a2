import {
  analyzeFunction,
  begunMessageTable,
  commandTables,
  deadLetterTable,
  guardColumns,
  historyTable,
  messagePolicy,
  messageTables,
  orderIndex,
  rejectionCounts,
  rejectionTable,
  rowColumns,
  sqlMigration,
  tenantPolicy,
  turnIndex,
} from '@plantops/persistence';

export const createConnect = sqlMigration(
  '20261130T1900-create-connect',
  `
  -- The copy that holds the connections reads them for all tenants.
  create table connection (
    ${rowColumns},
    code text not null,
    name text not null,
    url text not null,
    username text,
    ca_certificate text,
    client_id text not null,
    protocol text not null,
    topics jsonb not null,
    is_active boolean not null,
    has_password boolean not null,
    unique (tenant_id, code)
  );
  create index connection_created on connection (tenant_id, created_at, id);
  create index connection_active on connection (id) where is_active;
  ${messagePolicy('connection')}

  -- Apart from the connection: no answer and no announcement can hold it.
  create table connection_secret (
    tenant_id text not null,
    connection_id uuid primary key,
    password text not null
  );
  ${messagePolicy('connection_secret')}

  -- Beside the connection, so that a message does not change its version.
  create table connection_state (
    tenant_id text not null,
    connection_id uuid primary key,
    connected_since timestamptz,
    last_error text,
    last_message_at timestamptz,
    subscribed jsonb not null default '[]'
  ) with (fillfactor = 70);
  ${messagePolicy('connection_state')}

  create table mapping (
    ${rowColumns},
    connection_id uuid not null,
    topic text not null,
    format text not null,
    metric text,
    kind text not null,
    line jsonb not null,
    fields jsonb not null,
    is_active boolean not null
  );
  create index mapping_created on mapping (tenant_id, created_at, id);
  create index mapping_connection on mapping (tenant_id, connection_id, created_at, id);
  ${messagePolicy('mapping')}

  -- When a message without a time of its own came first: the broker may deliver it again under the same packet id.
  create table delivery (
    tenant_id text not null,
    connection_id uuid not null,
    packet_id integer not null,
    fingerprint text not null,
    at timestamptz not null,
    number bigint generated always as identity,
    primary key (connection_id, packet_id)
  ) with (fillfactor = 70);
  create index delivery_number on delivery (connection_id, number);
  ${tenantPolicy('delivery')}

  create table last_message (
    tenant_id text not null,
    connection_id uuid not null,
    topic text not null,
    received_at timestamptz not null,
    bytes integer not null,
    payload bytea not null,
    primary key (connection_id, topic)
  );
  ${tenantPolicy('last_message')}

  -- What the last births of an edge node said, and how far it has counted since.
  create table sparkplug_node (
    tenant_id text not null,
    connection_id uuid not null,
    node text not null,
    seq integer,
    birth_seq bigint,
    is_online boolean not null,
    devices jsonb not null,
    names jsonb not null,
    primary key (connection_id, node)
  ) with (fillfactor = 70);
  ${tenantPolicy('sparkplug_node')}

  ${messageTables}
  ${commandTables}
  ${deadLetterTable}
  ${historyTable}
  ${guardColumns}
  ${orderIndex}
  ${begunMessageTable}
  ${analyzeFunction}
  ${turnIndex}
  ${rejectionTable}
  ${rejectionCounts}
  `,
);
