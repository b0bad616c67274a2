import { guardColumns, sqlMigration } from '@plantops/persistence';

export const guardStreams = sqlMigration('20261123T0200-guard-streams', guardColumns);
