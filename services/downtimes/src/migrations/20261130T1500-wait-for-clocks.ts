import { rejectionCounts, sqlMigration, waitingRoomTables } from '@plantops/persistence';

/** Line events whose clock is not plausible wait; rejections are counted. */
export const waitForClocks = sqlMigration(
  '20261130T1500-wait-for-clocks',
  `
  ${waitingRoomTables}
  ${rejectionCounts}
  `,
);
