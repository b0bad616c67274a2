import { sqlMigration } from '@plantops/persistence';

/**
 * A function that reads as the owner of the tables looks for temporary tables last: unless the path names them,
 * PostgreSQL looks for them first.
 */
export const searchTemporaryLast = sqlMigration(
  '20261130T1300-search-temporary-last',
  `
  alter function stops_over(uuid, tstzrange) set search_path = public, pg_temp;
  `,
);
