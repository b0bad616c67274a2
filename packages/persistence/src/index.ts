export { applyInOrder, bySender, oneByOne } from './apply-in-order.ts';
export type { Broker } from './broker.ts';
export { Database, type Log, type Tables } from './database.ts';
export { deadLetters, listDeadLetters, replayDeadLetter } from './dead-letters.ts';
export { rowProperties } from './entity.ts';
export { listHistory } from './history.ts';
export { forgetKeys, runCommand } from './idempotency.ts';
export { applyEvents, eventHandler } from './inbox.ts';
export {
  applied,
  expireWaiting,
  lockLineEvents,
  receiveLineEvents,
  rejectMessages,
  releaseWaiting,
  waitKey,
  type ApplyLineEvents,
  type Verdict,
} from './line-events.ts';
export { listRejections } from './list-rejections.ts';
export { listPage, type Filter } from './list-page.ts';
export { batchOfLine, findMaster, linesOfPlant, masterByCode, masterLookup, rememberMaster } from './master.ts';
export { migrate } from './migrate.ts';
export { sqlMigration } from './migration.ts';
export { listMissingEvents } from './missing-events.ts';
export { announce, announcement, type Announcement, type Cause } from './outbox.ts';
export { pageOfRows } from './page-of-rows.ts';
export { databaseAccess, provisionDatabase, urlFor, type DatabaseAccess } from './provision-database.ts';
export { sendMissing } from './send-missing.ts';
export { startRelay } from './relay.ts';
export { startReleasing } from './release-waiting.ts';
export { findRow, getRow, insertRow, insertRows, lockRow, updateRow } from './rows.ts';
export {
  begunMessageTable,
  commandTables,
  deadLetterTable,
  guardColumns,
  historyTable,
  knownKeyTable,
  lineEventTables,
  masterTable,
  messageTables,
  orderIndex,
  rejectionTable,
  overlapFunction,
  rowColumns,
  tenantWall,
} from './tables.ts';
export { EVERY_TENANT, Tx } from './tx.ts';
