import type { MigrationObject } from '@mikro-orm/postgresql';
import { Migration } from '@mikro-orm/migrations';

/** A migration of plain SQL statements, run in one transaction under the lock of `migrate`. */
export const sqlMigration = (name: string, sql: string): MigrationObject => ({
  name,
  class: class extends Migration {
    override up(): void {
      this.addSql(sql);
    }
  },
});
