import { knownKeyTable, sqlMigration } from '@plantops/persistence';

export const noteKnownKeys = sqlMigration('20261128T1440-note-known-keys', knownKeyTable);
