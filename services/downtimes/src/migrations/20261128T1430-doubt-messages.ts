import { begunMessageTable, sqlMigration } from '@plantops/persistence';

export const doubtMessages = sqlMigration('20261128T1430-doubt-messages', begunMessageTable);
