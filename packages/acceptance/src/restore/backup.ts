/** Backup and restore of the database of money-leaks in a running plant. */
import { waitFor } from '@plantops/fixtures';
import pg from 'pg';
import { databaseUrlOf, type PlantUnderTest } from '@plantops/testing/plant';
import { documented } from './documented.ts';

const DATABASE = 'plantops_money_leaks';
/**
 * The embedded server has no pg_dump. A copy that is made while no process writes is the restored dump, with the name
 * in the docs.
 */
const RESTORED = `${DATABASE}_restored`;

export class Backup {
  readonly #plant: PlantUnderTest;
  readonly #steps = documented();

  constructor(plant: PlantUnderTest) {
    this.#plant = plant;
  }

  save(): Promise<void> {
    return this.#whileAway(async (admin) => {
      await admin.query(`create database ${RESTORED} template ${DATABASE} owner ${DATABASE}_owner`);
      await admin.query(`alter database ${DATABASE} allow_connections true`);
    });
  }

  /** Follows the steps of the docs. Does `meanwhile` while the service is stopped. */
  restore(meanwhile: () => Promise<void>): Promise<void> {
    return this.#whileAway(async (admin) => {
      await meanwhile();
      for (const statement of this.#steps.swap) await admin.query(statement);
    });
  }

  /** Sets the costs in downtimes to those in the ledger. */
  setCosts(): Promise<void> {
    const { query, table, update } = this.#steps.costs;
    return this.#whileAway(async (admin) => {
      await admin.query(`alter database ${DATABASE} allow_connections true`);
      const costs = await this.#in(DATABASE, (ledger) => ledger.query({ text: query, rowMode: 'array' }));
      await this.#in('plantops_downtimes', async (downtimes) => {
        await downtimes.query(`create temporary table ${table} (downtime_id uuid, tenant_id text, amount numeric)`);
        for (const row of costs.rows)
          await downtimes.query(`insert into ${table} values ($1, $2, $3)`, row as unknown[]);
        for (const statement of update) await downtimes.query(statement);
      });
    });
  }

  async #whileAway(work: (admin: pg.Client) => Promise<void>): Promise<void> {
    const before = await this.#plant.pidOf('money-leaks');
    await this.#in('postgres', async (admin) => {
      for (const statement of this.#steps.close) await admin.query(statement);
      process.kill(before, 'SIGKILL');
      await waitFor('all connections to be closed', async () => {
        const { rowCount } = await admin.query('select from pg_stat_activity where datname = $1', [DATABASE]);
        return rowCount === 0;
      });
      await work(admin);
    });
    const isBack = async () =>
      (await this.#plant.pidOf('money-leaks')) !== before &&
      (await this.#plant.rest('GET', '/money-leaks')).status === 200;
    await waitFor('money-leaks to be back', isBack, 40_000);
  }

  async #in<T>(database: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const url = new URL(await databaseUrlOf(this.#plant.dataDir));
    url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  }
}
