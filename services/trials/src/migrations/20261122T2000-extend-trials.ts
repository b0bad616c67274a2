import { commandTables, deadLetterTable, historyTable, sqlMigration } from '@plantops/persistence';

export const extendTrials = sqlMigration(
  '20261122T2000-extend-trials',
  `
  ${commandTables}
  ${deadLetterTable}
  ${historyTable}
  `,
);
