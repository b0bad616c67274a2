export { applyInOrder, oneByOne } from './line-events/apply-in-order.ts';
export type { Broker } from './outbox/broker.ts';
export { Database, type Log, type Tables } from './database/database.ts';
export { deadLetters, listDeadLetters, replayDeadLetter } from './inbox/dead-letters.ts';
export { listHistory } from './outbox/history.ts';
export { forgetKeys, runCommand } from './rows/idempotency.ts';
export { applyEvents, eventHandler } from './inbox/inbox.ts';
export { releaseWaiting } from './line-events/apply-line-events.ts';
export { waitingLineEvents } from './line-events/waiting-line-events.ts';
export { countRoom, expireWaiting, mostWaiting, waitedTooLong, type WaitingRoom } from './line-events/waiting-room.ts';
export { receiveLineEvents } from './line-events/receive-line-events.ts';
export { rejectMessages } from './line-events/reject-line-events.ts';
export {
  applied,
  lockLineEvents,
  lockLineEventsOf,
  waitKey,
  type LineEventHandler,
  type Verdict,
} from './line-events/verdict.ts';
export {
  countWaiting,
  discardWaiting,
  lineClocks,
  listWaiting,
  recordWaiting,
  releaseAll,
  releaseOne,
} from './line-events/waiting-rows.ts';
export { listRejections } from './line-events/list-rejections.ts';
export { getJson } from './rows/get-json.ts';
export { getFromView, listPage, view, type Filter, type View } from './rows/list-page.ts';
export { findMaster, lineCodesOf, linesOfPlant, masterByCode, rememberMaster } from './rows/master.ts';
export { addRow, addRows, announceRow, changeRow, type Writing } from './rows/announced-rows.ts';
export { columnOf, columnsOf, fieldNames, table, type FieldsOf, type RowBase, type Table } from './database/table.ts';
export { eachTenant, rowsOfEveryTenant } from './database/each-tenant.ts';
export { withLock } from './database/with-lock.ts';
export { migrate } from './database/migrate.ts';
export { TenantConnections } from './database/tenant-connections.ts';
export { sqlMigration } from './database/migration.ts';
export { listMissingEvents } from './inbox/missing-events.ts';
export { announce, announcement, type Announcement, type Cause } from './outbox/outbox.ts';
export { pageOfRows, rowsOfKinds } from './rows/page-of-rows.ts';
export { databaseAccess, provisionDatabase, urlFor, type DatabaseAccess } from './database/provision-database.ts';
export { sendMissing, Unanswered } from './outbox/send-missing.ts';
export { startRelay } from './outbox/relay.ts';
export { startReleasing } from './line-events/start-releasing.ts';
export { findRow, getRow, insertRow, insertRows, lockRow, updateRow } from './rows/rows.ts';
export { analyzeGrown } from './database/statistics.ts';
export {
  analyzeFunction,
  begunMessageTable,
  commandTables,
  deadLetterTable,
  guardColumns,
  historyTable,
  knownKeyTable,
  lineEventTables,
  masterTable,
  messagePolicy,
  messageTables,
  orderIndex,
  rejectionCounts,
  rejectionTable,
  overlapFunction,
  rowColumns,
  tenantPolicy,
  turnIndex,
  waitingRoomTables,
} from './database/tables.ts';
export { join, orderedRecords, raw, records, sql, Sql } from './database/sql.ts';
export { Tx } from './database/tx.ts';
