/** A separate database for a test file, with one table of rows and the message tables of every service. */
import { randomBytes } from 'node:crypto';
import { p } from '@mikro-orm/core';
import { PASSWORD, testServers } from '@plantops/fixtures';
import pg from 'pg';
import { Database, type Tables } from './database.ts';
import { table } from './table.ts';
import { sqlMigration } from './migration.ts';
import { provisionDatabase } from './provision-database.ts';
import {
  analyzeFunction,
  begunMessageTable,
  commandTables,
  deadLetterTable,
  guardColumns,
  historyTable,
  knownKeyTable,
  lineEventTables,
  masterTable,
  messageTables,
  orderIndex,
  rejectionCounts,
  rowColumns,
  tenantPolicy,
  turnIndex,
  waitingRoomTables,
} from './tables.ts';

export type ItemRow = {
  id: string;
  tenant_id: string;
  version: number;
  created_at: string;
  updated_at: string;
  created_by: string;
  updated_by: string;
  name: string;
  at: string;
  tags: unknown[];
};
export const Item = table<ItemRow>()('item', { name: p.text(), at: p.datetime(), tags: p.json() });
export const tables: Tables = {
  entities: [Item],
  migrations: [
    sqlMigration(
      '1-items',
      `create table item (${rowColumns}, name text not null, at timestamptz not null, tags jsonb not null, unique (tenant_id, name)); ${tenantPolicy('item')}`,
    ),
    sqlMigration(
      '2-messages',
      `${messageTables} ${lineEventTables} ${masterTable} ${commandTables} ${deadLetterTable} ${historyTable} ${guardColumns} ${orderIndex} ${turnIndex} ${begunMessageTable} ${knownKeyTable} ${analyzeFunction} ${waitingRoomTables} ${rejectionCounts}`,
    ),
  ],
};
const silent = { warn: () => {}, info: () => {}, error: () => {} };

export class TestDatabase {
  readonly url: string;
  readonly ownerUrl: string;
  /** Connections of the owner of the tables, who sees every row. */
  readonly owner: pg.Pool;
  readonly #name: string;
  readonly #opened: Database[] = [];

  private constructor(name: string, { url, ownerUrl }: { url: string; ownerUrl: string }) {
    this.#name = name;
    this.url = url;
    this.ownerUrl = ownerUrl;
    this.owner = new pg.Pool({ connectionString: ownerUrl, max: 2 });
    // A connection that is still closing when the database is dropped emits an error. Nothing else handles it.
    this.owner.on('connect', (client) => client.on('error', () => {}));
    this.owner.on('error', () => {});
  }

  static async create(): Promise<TestDatabase> {
    const name = `test_persistence_${randomBytes(6).toString('hex')}`;
    return new TestDatabase(
      name,
      await provisionDatabase(testServers().databaseUrl, name, { service: PASSWORD, owner: PASSWORD }),
    );
  }

  /** Opens the database as a copy of a service. The first copy migrates. */
  async open(options: { readonly poolSize?: number } = {}): Promise<Database> {
    const { url, ownerUrl } = this;
    const database = await Database.open({ url, ownerUrl, ...tables, log: silent, ...options });
    this.#opened.push(database);
    return database;
  }

  async drop(): Promise<void> {
    await Promise.all([...this.#opened.map((database) => database.close()), this.owner.end()]);
    const admin = new pg.Client({ connectionString: testServers().databaseUrl });
    await admin.connect();
    for (const statement of [`database ${this.#name} with (force)`, `role ${this.#name}`, `role ${this.#name}_owner`])
      await admin.query(`drop ${statement}`);
    await admin.end();
  }
}
