import { sqlMigration } from '@plantops/persistence';

/**
 * Functions that read as the owner of the tables look for temporary tables last: unless the path names them,
 * PostgreSQL looks for them first.
 */
export const searchTemporaryLast = sqlMigration(
  '20261130T1300-search-temporary-last',
  `
  alter function spans_over(uuid, tstzrange) set search_path = public, pg_temp;
  alter function spans_of(uuid[], timestamptz[], timestamptz[]) set search_path = public, pg_temp;
  `,
);
