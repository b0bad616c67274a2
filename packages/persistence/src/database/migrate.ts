import type { EntitySchema } from '@mikro-orm/core';
import pg from 'pg';
import type { SqlMigration } from './migration.ts';

const LOCK = 7_061_747; // any number that every copy of every service agrees on
const TABLE = 'mikro_orm_migrations';

/** The names of the migrations that were applied to this database. */
export const appliedMigrations = async (database: Pick<pg.Pool, 'query'>): Promise<string[]> => {
  const known = await database.query<{ there: boolean }>(`select to_regclass('${TABLE}') is not null as there`);
  if (known.rows[0]?.there !== true) return [];
  return (await database.query<{ name: string }>(`select name from ${TABLE}`)).rows.map(({ name }) => name);
};

/** The names of the migrations that were not applied to this database. */
export const pendingMigrations = async (
  database: Pick<pg.Pool, 'query'>,
  migrations: readonly SqlMigration[],
): Promise<string[]> => {
  const applied = await appliedMigrations(database);
  return migrations.map(({ name }) => name).filter((name) => !applied.includes(name));
};

/**
 * Applies pending migrations, as the owner of the tables. Copies that start together wait for each other: each
 * migration runs once.
 */
export const migrate = async ({
  url,
  entities,
  migrations,
}: {
  url: string;
  entities: readonly EntitySchema[];
  migrations: readonly SqlMigration[];
}): Promise<string[]> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(${LOCK})`);
    const pending = await pendingMigrations(client, migrations);
    if (pending.length > 0) await applyAll(url, entities, migrations);
    await protectHistory(client);
    return pending;
  } finally {
    await client.end();
  }
};

/** Only the owner writes the list of applied migrations: the service's role may read it. */
const protectHistory = async (client: pg.Client): Promise<void> => {
  const { rows } = await client.query<{ grantee: string }>(
    `select distinct grantee
     from information_schema.role_table_grants
     where table_name = '${TABLE}' and privilege_type <> 'SELECT' and grantee <> current_user`,
  );
  for (const { grantee } of rows)
    await client.query(`revoke insert, update, delete on ${TABLE} from ${pg.escapeIdentifier(grantee)}`);
};

const applyAll = async (
  url: string,
  entities: readonly EntitySchema[],
  migrations: readonly SqlMigration[],
): Promise<void> => {
  // Loaded only when there is work: most starts have nothing to migrate.
  const [{ MikroORM }, { Migration, Migrator }] = await Promise.all([
    import('@mikro-orm/postgresql'),
    import('@mikro-orm/migrations'),
  ]);
  const migrationsList = migrations.map(({ name, sql }) => ({
    name,
    class: class extends Migration {
      override up(): void {
        this.addSql(sql);
      }
    },
  }));
  const orm = await MikroORM.init({
    clientUrl: url,
    // MikroORM itself reads the address and the user of the URL only. `pg` reads its parameters too, such as sslmode.
    driverOptions: { connectionString: url },
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    logger: () => {},
    migrations: { migrationsList, tableName: TABLE, snapshot: false, allOrNothing: true },
  });
  try {
    await orm.migrator.up();
  } finally {
    await orm.close(true);
  }
};
