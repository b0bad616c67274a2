export { applyInOrder, bySender, oneByOne } from './apply-in-order.ts';
export { Database, type Log, type Tables } from './database.ts';
export { rowProperties } from './entity.ts';
export { applyEvents } from './inbox.ts';
export {
  applied,
  expireWaiting,
  lockLineEvents,
  receiveLineEvents,
  releaseWaiting,
  waitKey,
  type ApplyLineEvents,
  type Verdict,
} from './line-events.ts';
export { listPage, type Filter } from './list-page.ts';
export { findMaster, masterByCode, masterLookup, rememberMaster } from './master.ts';
export { migrate } from './migrate.ts';
export { sqlMigration } from './migration.ts';
export { announce, announcement, type Announcement, type Cause } from './outbox.ts';
export { provisionDatabase, urlFor, type DatabaseAccess } from './provision-database.ts';
export { startRelay } from './relay.ts';
export { findRow, getRow, insertRow, insertRows, lockRow, updateRow } from './rows.ts';
export { lineEventTables, masterTable, messageTables, overlapFunction, rowColumns, tenantWall } from './tables.ts';
export { Tx } from './tx.ts';
