import { analyzeFunction, sqlMigration } from '@plantops/persistence';

export const analyzeTables = sqlMigration('20261130T1000-analyze-tables', analyzeFunction);
