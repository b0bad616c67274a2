import { rowId } from '@plantops/testing';
import { asks, HOLDS, reads, TENANT, testIndexes } from '@plantops/testing/indexes';
import { listConnections } from './connections/list-connections.ts';
import { tables } from './database.ts';
import { listMappings } from './mappings/list-mappings.ts';
import { arrivalsOf } from './messages/deliveries.ts';
import { activeConnections } from './sessions/active-connections.ts';

const ID = "('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
const CONNECTION = "('0190c0de-0000-7000-8000-' || lpad(to_hex(1 + n % 100), 12, '0'))::uuid";
const delivery = {
  topic: 'count',
  payload: Buffer.from('1'),
  packetId: 7,
  isDuplicate: false,
  isRetained: false,
  at: new Date().toISOString(),
  fingerprint: '',
};

testIndexes('connect', tables, {
  connection: {
    rows: `
      insert into connection (id, tenant_id, version, created_at, updated_at, created_by, updated_by, code, name, url,
        client_id, protocol, topics, is_active, has_password)
      select ${ID}, '${TENANT}', 1, now() - n * interval '1 minute', now(), 'test', 'test', 'C' || n, '', '', '', '5', '[]',
        n % 500 = 0, false
      from generate_series(1, 20000) n`,
    indexes: {
      connection_pkey: HOLDS,
      connection_tenant_id_code_key: HOLDS,
      connection_created: asks(listConnections),
      connection_active: (database) => activeConnections(database),
    },
  },
  mapping: {
    rows: `
      insert into mapping (id, tenant_id, version, created_at, updated_at, created_by, updated_by, connection_id, topic,
        format, kind, line, fields, is_active)
      select ${ID}, '${TENANT}', 1, now() - n * interval '1 minute', now(), 'test', 'test', ${CONNECTION}, 'a', 'json',
        'count', '{}', '{}', true
      from generate_series(1, 20000) n`,
    indexes: {
      mapping_pkey: HOLDS,
      mapping_created: asks(listMappings),
      mapping_connection: asks(listMappings, { connection_id: rowId(7) }),
    },
  },
  connection_secret: { indexes: { connection_secret_pkey: HOLDS } },
  connection_state: { indexes: { connection_state_pkey: HOLDS } },
  delivery: {
    rows: `
      insert into delivery (tenant_id, connection_id, packet_id, fingerprint, at)
      select '${TENANT}', ${CONNECTION}, n, '', now()
      from generate_series(1, 20000) n`,
    indexes: { delivery_pkey: HOLDS, delivery_number: reads((tx) => arrivalsOf(tx, rowId(7), [delivery])) },
  },
  last_message: { indexes: { last_message_pkey: HOLDS } },
  sparkplug_node: { indexes: { sparkplug_node_pkey: HOLDS } },
});
