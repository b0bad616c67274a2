import type pg from 'pg';
import { Sql } from './sql.ts';
import { statement } from './statement.ts';

/** Whose rows a transaction sees: one tenant's, or every tenant's message tables (the relay and the keepers of the inbox). */
export type Scope = string;
export const EVERY_TENANT: Scope = '*';

/** A transaction bound to a tenant: row level security shows it that tenant's rows and takes no others. */
export class Tx {
  readonly tenant: string;
  readonly #client: pg.ClientBase;
  /** Set when something was put into the outbox: the relay is woken after the commit. */
  announced = false;

  constructor(client: pg.ClientBase, tenant: string) {
    this.#client = client;
    this.tenant = tenant;
  }

  /** Runs one statement, prepared once per connection, and returns its rows. */
  async query<R>(text: string | Sql, values: readonly unknown[] = []): Promise<R[]> {
    const { rows } = await this.#client.query(text instanceof Sql ? statement(text.text, text.values) : statement(text, values));
    return rows as R[];
  }

  /**
   * Runs a statement whose best plan depends on its values: planned anew each time, not once for all. Tenants differ in size by
   * thousands, and a plan that suits the average of them suits none.
   */
  async search<R>(text: string | Sql, values: readonly unknown[] = []): Promise<R[]> {
    const { name: _prepared, ...unprepared } = text instanceof Sql ? statement(text.text, text.values) : statement(text, values);
    const { rows } = await this.#client.query(unprepared);
    return rows as R[];
  }

  /**
   * Waits for the locks of names and holds them to the end of the transaction: one writer at a time for what each stands for. They are
   * taken in one order everywhere, so that two transactions never wait for each other's.
   */
  async lock(...names: readonly string[]): Promise<void> {
    await this.query(
      'select pg_advisory_xact_lock(key) from (select distinct hashtextextended(name, 0) as key from unnest($1::text[]) as n(name) order by key) k',
      [names.map((name) => `${this.tenant}/${name}`)],
    );
  }

  /** Takes the lock of a name, if nobody else holds it now. */
  async tryLock(name: string): Promise<boolean> {
    const [row] = await this.query<{ taken: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken', [
      `${this.tenant}/${name}`,
    ]);
    return row?.taken === true;
  }

  /** Waits until nobody holds the lock of a name by `lock` and keeps them waiting to the end of the transaction; others may share it. */
  async lockShared(name: string): Promise<void> {
    await this.query('select pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [`${this.tenant}/${name}`]);
  }
}
