/** The tables that every service has, or several: what needs their indexes. */
import { randomUUID } from 'node:crypto';
import {
  expireWaiting,
  forgetKeys,
  listDeadLetters,
  listHistory,
  listRejections,
  masterByCode,
  releaseWaiting,
  sendMissing,
  sql,
  startRelay,
  startReleasing,
  waitingLineEvents,
  type Broker,
  type Database,
  type LineEventHandler,
} from '@plantops/persistence';
import { rowId, waitFor } from '@plantops/fixtures';
import { HOLDS, reads, TENANT, type DeclaredTables } from './needs.ts';

const PAGE = { limit: 50 };
const BY = { tenant: TENANT, actor: 'test' };
const handler: LineEventHandler = {
  service: 'downtimes',
  lateAfterDays: async () => 35,
  apply: async (_tx, events) => events.map(() => ({ rejected: 'for this test' })),
};

/** A broker that is there and answers nothing: what is pending stays so. */
const deafBroker: Broker = {
  connection: 1,
  publish: async () => [],
  streamState: async () => undefined,
  lastOf: async () => undefined,
  onReconnect: () => () => {},
};

/** Relays until a clean-up has come, which follows the first chunk. */
async function relay(database: Database): Promise<void> {
  const old = randomUUID();
  const find = sql`select from inbox where event_id = ${old}`;
  await database.transact(TENANT, (tx) =>
    tx.query(sql`
      insert into inbox (event_id, tenant_id, processed_at)
      values (${old}, ${tx.tenant}, now() - interval '1 year')`),
  );
  const stop = startRelay(database, deafBroker, { cleanEveryMs: 0 });
  await waitFor('the clean-up', async () => (await database.transact(TENANT, (tx) => tx.query(find))).length === 0);
  await stop();
}

/** Releases until an event is applied whose time has come. */
async function releaseDue(database: Database): Promise<void> {
  const due = randomUUID();
  const event = JSON.stringify({ tenant: TENANT, line: 'L1', kind: 'state', body: { id: due } });
  await database.transact(TENANT, (tx) =>
    tx.query(sql`
      insert into waiting_line_event (tenant_id, event_id, waits_for, happened_at, event, received_at)
      values (${tx.tenant}, ${due}, 'early', now() - interval '1 minute', ${event}, now())`),
  );
  const find = sql`select from waiting_line_event where event_id = ${due}`;
  const stop = startReleasing(database, handler, () => new Date().toISOString());
  await waitFor('the event to be applied', async () => {
    const rows = await database.transact(TENANT, (tx) => tx.query(find));
    return rows.length === 0;
  });
  await stop();
}

/** Twenty thousand rows, the last of them the newest. */
const many = (insert: string, select: string, most = 20_000): string =>
  `insert into ${insert} select ${select} from generate_series(1, ${most}) n`;
const EVENT = '{"type":"downtime.ended","actor":"test","data":{}}';
const uuid = "('0190c0de-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
const tenant = `case when n % 2 = 0 then '${TENANT}' else 'globex' end`;
const ago = (unit: string) => `now() - (20000 - n) * interval '1 ${unit}'`;

export const messageTables: DeclaredTables = {
  outbox: {
    rows: many(
      'outbox (event_id, tenant_id, subject, payload, created_at, published_at, retry_at, stream, stream_created, stream_seq, row_id, entity)',
      `${uuid}, ${tenant}, 'plantops.events.${TENANT}.downtime.ended', '${EVENT}', ${ago('second')},
       case when n < 15000 then ${ago('second')} end, case when n > 19990 then now() + interval '1 hour' end,
       case when n < 15000 then 'EVENTS' end, case when n < 15000 then now() end, case when n < 15000 then n end,
       ${uuid}, 'downtime'`,
    ),
    indexes: {
      outbox_pkey: HOLDS,
      outbox_event_id_key: HOLDS,
      outbox_turn: relay,
      outbox_failed: relay,
      outbox_acknowledged: relay,
      outbox_published: (database) => sendMissing(database, 'downtimes', async () => []),
      outbox_row: (database) =>
        listHistory(database)({ resource: 'downtimes', id: rowId(10), sort: 'time', ...PAGE }, BY),
    },
  },
  history: {
    rows: many(
      'history (event_id, tenant_id, row_id, entity, time, payload)',
      `${uuid}, ${tenant}, ${uuid}, 'downtime', ${ago('second')}, '${EVENT}'`,
    ),
    indexes: {
      history_pkey: HOLDS,
      history_row: (database) =>
        listHistory(database)({ resource: 'downtimes', id: rowId(10), sort: 'time', ...PAGE }, BY),
    },
  },
  inbox: {
    rows: many('inbox (event_id, tenant_id, processed_at)', `${uuid}, ${tenant}, ${ago('hour')}`),
    indexes: { inbox_pkey: HOLDS, inbox_processed: relay },
  },
  line_event: { indexes: { line_event_pkey: HOLDS } },
  waiting_line_event: {
    rows: many(
      'waiting_line_event (tenant_id, event_id, waits_for, happened_at, event, received_at)',
      `${tenant}, n, case when n % 100 = 0 then 'early' else 'line:L' || n end, now() + n * interval '1 minute', jsonb_build_object('tenant', '${TENANT}', 'line', 'L1', 'kind', 'state', 'body', jsonb_build_object('id', n::text)), ${ago('minute')}`,
    ),
    indexes: {
      waiting_line_event_pkey: HOLDS,
      waiting_line_event_key: reads((tx) => releaseWaiting(tx, handler, ['line:L20'], new Date().toISOString())),
      waiting_line_event_id: HOLDS,
      waiting_line_event_due: releaseDue,
      waiting_line_event_age: (database) =>
        expireWaiting(database, waitingLineEvents(handler), new Date().toISOString()),
    },
  },
  line_event_rejection: {
    rows: many(
      'line_event_rejection (id, tenant_id, line_code, kind, event_id, reason, body, fingerprint, rejected_at)',
      `${uuid}, ${tenant}, 'L' || n % 1000, 'state', n, '', '', n, ${ago('second')}`,
    ),
    indexes: {
      line_event_rejection_pkey: HOLDS,
      line_event_rejection_tenant_id_fingerprint_key: HOLDS,
      line_event_rejection_recent: (database) =>
        listRejections(database, 'downtimes')({ sort: '-rejected_at', ...PAGE }, BY),
      line_event_rejection_line: (database) =>
        listRejections(database, 'downtimes')({ line_code: 'L20', sort: '-rejected_at', ...PAGE }, BY),
      line_event_rejection_event: (database) =>
        listRejections(database, 'downtimes')({ event_id: '20', sort: '-rejected_at', ...PAGE }, BY),
    },
  },
  known_key: { indexes: { known_key_pkey: HOLDS } },
  begun_message: { indexes: { begun_message_pkey: HOLDS } },
  master: {
    rows: many(
      'master (tenant_id, kind, id, code, version, data)',
      `${tenant}, 'line', ${uuid}, 'L' || n, 1, jsonb_build_object('id', ${uuid}, 'code', 'L' || n,
        'plant_id', '${rowId(1)}', 'versions', '[{"valid_from": null, "ideal_cycle_seconds": 60}]'::jsonb)`,
    ),
    indexes: {
      master_pkey: HOLDS,
      master_code: reads((tx) => masterByCode(tx, 'line', ['L20'])),
    },
  },
  idempotency_key: {
    rows: many(
      'idempotency_key (tenant_id, actor, key, fingerprint, created_at)',
      `${tenant}, 'test', n, '', ${ago('second')}`,
    ),
    indexes: { idempotency_key_pkey: HOLDS, idempotency_key_age: forgetKeys },
  },
  dead_letter: {
    rows: many(
      'dead_letter (id, tenant_id, stream, stream_seq, message_subject, payload, reason, parked_at)',
      `${uuid}, ${tenant}, 'EVENTS', n, '', '', '', ${ago('second')}`,
    ),
    indexes: {
      dead_letter_pkey: HOLDS,
      dead_letter_message: HOLDS,
      dead_letter_parked: (database) => listDeadLetters(database, 'downtimes')({ sort: '-parked_at', ...PAGE }, BY),
    },
  },
  mikro_orm_migrations: { indexes: { mikro_orm_migrations_pkey: HOLDS } },
};
