import { sqlMigration, turnIndex } from '@plantops/persistence';

export const takeTurns = sqlMigration('20261130T1200-take-turns', turnIndex);
