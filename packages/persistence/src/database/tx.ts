import type pg from 'pg';
import { Sql } from './sql.ts';
import { statement } from './statement.ts';

/**
 * Whose rows a transaction sees: one tenant's, or the message tables of every tenant (for the relay and housekeeping).
 */
export type Scope = string;
export const EVERY_TENANT: Scope = '*';

/** A transaction of one tenant: row-level security shows and accepts that tenant's rows only. */
export class Tx {
  readonly tenant: string;
  readonly #client: pg.ClientBase;
  /** True when an event was put into the outbox: the relay is woken after the commit. */
  announced = false;

  constructor(client: pg.ClientBase, tenant: string) {
    this.#client = client;
    this.tenant = tenant;
  }

  /** Runs one statement, prepared once per connection, and returns its rows. */
  async query<R>(text: string | Sql, values: readonly unknown[] = []): Promise<R[]> {
    const { rows } = await this.#client.query(
      text instanceof Sql ? statement(text.text, text.values) : statement(text, values),
    );
    return rows as R[];
  }

  /**
   * Runs a statement whose best plan depends on its values: it is planned each time. Tenants differ in size by a factor
   * of thousands, and one plan for all of them suits none.
   */
  async search<R>(text: string | Sql, values: readonly unknown[] = []): Promise<R[]> {
    const { name: _prepared, ...unprepared } =
      text instanceof Sql ? statement(text.text, text.values) : statement(text, values);
    const { rows } = await this.#client.query(unprepared);
    return rows as R[];
  }

  /**
   * Waits for the locks of these names and holds them to the end of the transaction: one writer at a time for each
   * name. Locks are always acquired in one order, so that two transactions never wait for each other.
   */
  async lock(...names: readonly string[]): Promise<void> {
    await this.query(
      `select pg_advisory_xact_lock(key)
       from (
         select distinct hashtextextended(name, 0) as key
         from unnest($1::text[]) as n(name)
         order by key) k`,
      [names.map((name) => `${this.tenant}/${name}`)],
    );
  }

  /** Takes the lock of a name if it is free; returns whether it did. */
  async tryLock(name: string): Promise<boolean> {
    const [row] = await this.query<{ taken: boolean }>(
      'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken',
      [`${this.tenant}/${name}`],
    );
    return row?.taken === true;
  }

  /** Shares the lock of a name to the end of the transaction: others may share it too, `lock` waits. */
  async lockShared(name: string): Promise<void> {
    await this.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [`${this.tenant}/${name}`]);
  }
}
