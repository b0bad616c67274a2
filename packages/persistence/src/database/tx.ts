import pg from 'pg';
import { inOneWrite } from './one-write.ts';
import { Sql } from './sql.ts';
import type { Statements } from './statement.ts';

/**
 * Whose rows a transaction sees: one tenant's, or the message tables of every tenant (for the relay and housekeeping).
 */
export type Scope = string;
export const EVERY_TENANT: Scope = '*';

const TRANSACTION_ABORTED = '25P02';

/**
 * A transaction of one tenant: row-level security shows and accepts that tenant's rows only.
 *
 * Statements run one after another, in the order in which they were sent, but none waits for the answer to the one
 * before: those that are sent together (`Promise.all`, `send`) make one trip to the database. After one has failed,
 * PostgreSQL refuses all that follow, and the commit becomes a rollback.
 *
 * When one of several that run together fails, the others may still run. Their transaction is over then, and what they
 * send is refused: the connection may serve another tenant already.
 */
export class Tx {
  readonly tenant: string;
  readonly statements: Statements;
  readonly #client: pg.ClientBase;
  /** Statements whose result nobody waits for before the commit. */
  readonly #sent: Promise<unknown>[] = [];
  #plansEachTime = false;
  #isOver = false;
  /** True when an event was put into the outbox: the relay is woken after the commit. */
  announced = false;

  private constructor(client: pg.ClientBase, tenant: string, statements: Statements) {
    this.#client = client;
    this.tenant = tenant;
    this.statements = statements;
  }

  /** Begins a transaction, together with its first statement. `tenant` was checked, so it can stand in the text. */
  static begin(client: pg.ClientBase, tenant: string, statements: Statements): Tx {
    const tx = new Tx(client, tenant, statements);
    tx.#keep(tx.#query(`begin; set local app.tenant_id = '${tenant}'`));
    return tx;
  }

  /** A part of the transaction that can be over before the whole. The caller undoes what it did. */
  part(): Tx {
    return new Tx(this.#client, this.tenant, this.statements);
  }

  /** Says that nothing more may be sent. */
  end(): void {
    this.#isOver = true;
  }

  /** Sends a statement whose result nobody needs. Its failure fails the commit. */
  send(text: Sql): void {
    this.#keep(this.#query(this.statements.named(text.text, text.values)));
  }

  #query(query: pg.QueryConfig | string): Promise<pg.QueryResult> {
    if (this.#isOver) return Promise.reject(new Error('the transaction is over'));
    inOneWrite(this.#client);
    return this.#client.query(query);
  }

  #keep(answer: Promise<unknown>): void {
    // It is awaited later; a promise without a handler would end the process first.
    answer.catch(() => {});
    this.#sent.push(answer);
  }

  /** Waits for what was sent. Throws the error of the first statement that failed. */
  async settle(): Promise<void> {
    await Promise.all(this.#sent);
  }

  /** The error that made a statement fail because one before it, which nobody waited for, had failed. */
  async firstFailure(error: unknown): Promise<unknown> {
    if (!(error instanceof pg.DatabaseError) || error.code !== TRANSACTION_ABORTED) return error;
    return this.settle().then(
      () => error,
      (first: unknown) => first,
    );
  }

  /** Commits, together with what was sent last. */
  async commit(): Promise<void> {
    const committed = this.#query('commit');
    this.end();
    committed.catch(() => {});
    await this.settle();
    await committed;
  }

  /** Runs one statement, prepared once per connection, and returns its rows. */
  async query<R>(text: string | Sql, values: readonly unknown[] = []): Promise<R[]> {
    const { rows } = await this.#query(
      text instanceof Sql ? this.statements.named(text.text, text.values) : this.statements.named(text, values),
    );
    return rows as R[];
  }

  /**
   * Runs a statement of a list: its text depends on the filters, and its best plan on their values. Tenants differ in
   * size by a factor of thousands, so one plan for all of them suits none, and it is planned each time; unless one plan
   * is known to suit all.
   */
  async search<R>({ text, values }: Sql, onePlan = false): Promise<R[]> {
    if (!onePlan && !this.#plansEachTime) {
      this.#keep(this.#query('set local plan_cache_mode = force_custom_plan'));
      this.#plansEachTime = true;
    }
    const { rows } = await this.#query(this.statements.named(text, values, 'list'));
    return rows as R[];
  }

  /** The names and types (OIDs) of a statement's columns. */
  async describe(text: string): Promise<{ readonly name: string; readonly type: number }[]> {
    const { fields } = await this.#query(`${text} limit 0`);
    return fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID }));
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
