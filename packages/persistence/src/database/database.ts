import type { EntitySchema } from '@mikro-orm/core';
import { Problem, tenantSlug } from '@plantops/contracts';
import pg from 'pg';
import { HALF_OPEN, SESSION_OPTIONS } from './connection.ts';
import { migrate, pendingMigrations } from './migrate.ts';
import type { SqlMigration } from './migration.ts';
import { Presence } from './presence.ts';
import { Statements } from './statement.ts';
import { overloaded, TenantConnections } from './tenant-connections.ts';
import { inTransactionSpan, observePool } from './telemetry.ts';
import { EVERY_TENANT, Tx, type Scope } from './tx.ts';

/** What is logged here; any pino logger will do. */
export type Log = {
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
};
/** A service's tables: their entities, and the migrations that make them. The MikroORM command line reads the same. */
export type Tables = { readonly entities: readonly EntitySchema[]; readonly migrations: readonly SqlMigration[] };
export type DatabaseOptions = Tables & {
  readonly url: string;
  readonly ownerUrl?: string | undefined;
  readonly log: Log;
  readonly poolSize?: number;
};

const DEADLOCK = '40P01';
const SERIALIZATION_FAILURE = '40001';
const MOST_ATTEMPTS = 4;

/** Errors of a connection, not of a statement: the server went down, is starting, or cannot be reached. */
const CONNECTION_ERRORS = /^(08|57P0|53300|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND)/;
const isAway = (error: unknown): error is Error =>
  error instanceof Error &&
  (('code' in error && CONNECTION_ERRORS.test(String(error.code))) ||
    /^Connection terminated|is not queryable$|^Query read timeout$/.test(error.message));
/** All connections were in use for too long: the database is overloaded, or does not answer. */
const isExhausted = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('timeout exceeded when trying to connect');
const DISK_FULL = '53100';
/** A write that found no room. Reads go on, so the database is not away. */
const isFull = (error: unknown): boolean => error instanceof pg.DatabaseError && error.code === DISK_FULL;
const full = (cause: unknown) =>
  Object.assign(new Problem('service_unavailable', 'the database has no room: try again when its disk has space'), {
    cause,
  });
const away = (cause: Error) =>
  Object.assign(new Problem('service_unavailable', 'the database is away: try again in a few seconds'), { cause });
/** The connection was lost during the commit: only the rows show whether it committed. */
const unknownOutcome = (error: unknown): never => {
  if (isAway(error))
    throw new Problem(
      'outcome_unknown',
      'the database went away while it committed: look whether it happened before you send it again',
    );
  throw error;
};

const ANSWER_WITHIN_MS = 2_000;
/** On a connection of its own: all of the pool may be in use. */
const answers = async (connectionString: string): Promise<void> => {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
  } finally {
    await client.end();
  }
};

/** A service's own database. */
export class Database {
  readonly url: string;
  readonly log: Log;
  readonly presence: Presence;
  readonly statements = new Statements();
  readonly #pool: pg.Pool;
  readonly #connections: TenantConnections;
  readonly #unobserve: () => void;
  #afterAnnouncement = () => {};
  #hasWorked = true;

  private constructor(pool: pg.Pool, url: string, log: Log) {
    this.#pool = pool;
    this.url = url;
    this.log = log;
    this.presence = new Presence(() => answers(url));
    this.#connections = new TenantConnections(Math.ceil((pool.options.max * 3) / 4));
    this.#unobserve = observePool(pool);
  }

  /** Connects. With the owner's URL it migrates first; without, it refuses to work on tables of another version. */
  static async open({ url, ownerUrl, entities, migrations, log, poolSize = 8 }: DatabaseOptions): Promise<Database> {
    if (ownerUrl !== undefined) await migrate({ url: ownerUrl, entities, migrations });
    const pool = new pg.Pool({
      connectionString: url,
      min: 1,
      max: poolSize,
      idleTimeoutMillis: 30_000,
      statement_timeout: 10_000,
      idle_in_transaction_session_timeout: 15_000,
      connectionTimeoutMillis: 5_000,
      options: SESSION_OPTIONS,
      ...HALF_OPEN,
      // Statements are sent without waiting for the answers to those before: see `Tx`.
      pipeline: true,
    });
    // A connection that the server closes emits an error, and one without a listener would end the process. The
    // statement that was running fails too, and the pool forgets the connection.
    pool.on('connect', (client) => client.on('error', () => {}));
    pool.on('error', () => {});
    const pending = await pendingMigrations(pool, migrations);
    if (pending.length > 0)
      throw new Error(
        `the database lacks the migrations ${pending.join(', ')}: run the migrate command, or set PLANTOPS_DATABASE_OWNER_URL`,
      );
    return new Database(pool, url, log);
  }

  /** Whether a tenant's transaction ran since this was asked last: without one, no table has grown. */
  takeWorked(): boolean {
    const hasWorked = this.#hasWorked;
    this.#hasWorked = false;
    return hasWorked;
  }

  /** Sets what is called after each commit that put an event into the outbox. */
  onAnnouncement(wake: () => void): void {
    this.#afterAnnouncement = wake;
  }

  /**
   * Runs the work in one transaction of the tenant: all of it is committed, or nothing. Runs it again after a deadlock.
   */
  async transact<T>(tenant: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (tenant !== EVERY_TENANT) {
      tenantSlug.parse(tenant);
      this.#hasWorked = true;
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await inTransactionSpan(() => this.#inTurn(tenant, () => this.#once(tenant, work)));
      } catch (error) {
        const again =
          error instanceof pg.DatabaseError && (error.code === DEADLOCK || error.code === SERIALIZATION_FAILURE);
        if (!again || attempt >= MOST_ATTEMPTS) throw this.#errorOf(error);
      }
    }
  }

  /**
   * Reads one row of a tenant by one statement, without a transaction around it. The statement sets the tenant itself
   * (`get-json.ts`); its `$1` is the tenant, and the values follow.
   */
  async readRow<R>(tenant: string, text: string, values: readonly unknown[]): Promise<R | undefined> {
    const query = this.statements.named(text, [tenantSlug.parse(tenant), ...values]);
    try {
      const { rows } = await inTransactionSpan(() => this.#inTurn(tenant, () => this.#pool.query(query)));
      return rows[0] as R | undefined;
    } catch (error) {
      throw this.#errorOf(error);
    }
  }

  #inTurn<T>(tenant: Scope, work: () => Promise<T>): Promise<T> {
    return tenant === EVERY_TENANT ? work() : this.#connections.with(tenant, work);
  }

  /** What is thrown for an error. An error of the connection means that the database is away. */
  #errorOf(error: unknown): unknown {
    if (isFull(error)) return full(error);
    const isLost = isAway(error);
    if (isLost || (error instanceof Problem && error.code === 'outcome_unknown')) this.presence.lost();
    if (!isExhausted(error)) return isLost ? away(error) : error;
    this.presence.doubt();
    return Object.assign(overloaded(), { cause: error });
  }

  async #once<T>(tenant: Scope, work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.#pool.connect();
    const tx = Tx.begin(client, tenant, this.statements);
    let broken: Error | undefined;
    try {
      const result = await work(tx);
      await tx.commit().catch(unknownOutcome);
      if (tx.announced) this.#afterAnnouncement();
      return result;
    } catch (error) {
      tx.end();
      await client.query('rollback').catch((lost: Error) => (broken = lost));
      throw await tx.firstFailure(error);
    } finally {
      client.release(broken);
    }
  }

  async close(): Promise<void> {
    this.presence.end();
    this.#unobserve();
    await this.#pool.end();
  }
}
