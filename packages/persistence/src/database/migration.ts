/** A migration of plain SQL statements, run in one transaction under the lock of `migrate`. */
export type SqlMigration = { readonly name: string; readonly sql: string };

export const sqlMigration = (name: string, sql: string): SqlMigration => ({ name, sql });
