import pg from 'pg';
import { appliedMigrations } from './migrate.ts';

export type DatabaseAccess = { readonly url: string; readonly ownerUrl: string };
type Provisioned = DatabaseAccess & {
  /** The names of the migrations that were applied; none, if the administrator may not read them. */
  readonly applied: readonly string[];
  /** Statements that take rights from everyone, and that this administrator may not run. */
  readonly refused: readonly string[];
};
type Passwords = { readonly service: string; readonly owner: string };

/**
 * Gives a service its own database on a server, a role that owns the tables, and a role of its own that row level
 * security applies to. The role of the service reaches no other database, and makes no large objects, to which row-level
 * security does not apply. Run by an administrator, before the service's first start; running it again changes nothing
 * but passwords.
 */
export const provisionDatabase = async (adminUrl: string, name: string, passwords: Passwords): Promise<Provisioned> => {
  const [service, owner] = [name, ownerOf(name)];
  const refused: string[] = [];
  let applied: string[] = [];
  await withClient(adminUrl, async (admin) => {
    await ensureRole(admin, owner, passwords.owner);
    await ensureRole(admin, service, passwords.service);
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
    if (rowCount === 0)
      await admin.query(`create database ${pg.escapeIdentifier(name)} owner ${pg.escapeIdentifier(owner)}`);
    await admin.query(`revoke all on database ${pg.escapeIdentifier(name)} from public`);
    await admin.query(`grant connect on database ${pg.escapeIdentifier(name)} to ${pg.escapeIdentifier(service)}`);
    // Those who provision at the same time change the same two rows.
    await admin.query(`select pg_advisory_lock(${LOCK})`);
    refused.push(...(await takeFromPublic(admin, SHARED_DATABASES)));
  });
  await withClient(urlFor(adminUrl, { database: name }), async (admin) => {
    await admin.query('create extension if not exists btree_gist');
    await admin.query(`alter schema public owner to ${pg.escapeIdentifier(owner)}`);
    await admin.query('revoke all on schema public from public');
    await admin.query(`grant usage on schema public to ${pg.escapeIdentifier(service)}`);
    const grants = `alter default privileges for role ${pg.escapeIdentifier(owner)} in schema public grant`;
    await admin.query(`${grants} select, insert, update, delete on tables to ${pg.escapeIdentifier(service)}`);
    await admin.query(`${grants} usage on sequences to ${pg.escapeIdentifier(service)}`);
    refused.push(...(await takeFromPublic(admin, LARGE_OBJECTS)));
    applied = await appliedMigrations(admin).catch(noneIfRefused);
  });
  return { ...databaseAccess(adminUrl, name, passwords), applied, refused };
};

const LOCK = 7_061_749; // any number that everyone who provisions agrees on

/** Every server has these databases. There a role could keep temporary tables until the disk is full. */
const SHARED_DATABASES = `
  select format('revoke connect on database %I from public', datname) as statement
  from pg_database
  where datname in ('postgres', 'template1')
    and exists (
      select from aclexplode(coalesce(datacl, acldefault('d', datdba)))
      where grantee = 0 and privilege_type = 'CONNECT'
    )
  order by 1`;
/** All functions that make a large object. */
const LARGE_OBJECTS = `
  select format('revoke execute on function pg_catalog.%I(%s) from public', proname, oidvectortypes(proargtypes)) as statement
  from pg_proc
  where pronamespace = 'pg_catalog'::regnamespace and proname in ('lo_creat', 'lo_create', 'lo_from_bytea')
    and exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0)
  order by 1`;

/**
 * Runs the statements that a query lists, each of which takes a right from everyone. Returns those that have no effect:
 * the administrator of a server that someone else runs may not run them.
 */
const takeFromPublic = async (admin: pg.Client, listed: string): Promise<string[]> => {
  const open = async () => (await admin.query<{ statement: string }>(listed)).rows.map(({ statement }) => statement);
  for (const statement of await open()) await admin.query(statement).catch(noneIfRefused);
  return open();
};

const INSUFFICIENT_PRIVILEGE = '42501';
const noneIfRefused = (error: unknown): [] => {
  if (error instanceof pg.DatabaseError && error.code === INSUFFICIENT_PRIVILEGE) return [];
  throw error;
};

/** The URLs of a service and of the owner of its tables, whether the database exists yet or not. */
export const databaseAccess = (serverUrl: string, name: string, passwords: Passwords): DatabaseAccess => ({
  url: urlFor(serverUrl, { database: name, user: name, password: passwords.service }),
  ownerUrl: urlFor(serverUrl, { database: name, user: ownerOf(name), password: passwords.owner }),
});
const ownerOf = (name: string) => `${name}_owner`;

const ensureRole = async (admin: pg.Client, role: string, password: string): Promise<void> => {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [role]);
  await admin.query(
    `${rowCount === 0 ? 'create' : 'alter'} role ${pg.escapeIdentifier(role)} login nosuperuser nobypassrls password ${pg.escapeLiteral(password)}`,
  );
};

/** The same server under another database or user. */
export const urlFor = (
  adminUrl: string,
  { database, user, password }: { database?: string; user?: string; password?: string },
): string => {
  const url = new URL(adminUrl);
  if (database !== undefined) url.pathname = `/${database}`;
  if (user !== undefined) url.username = encodeURIComponent(user);
  if (password !== undefined) url.password = encodeURIComponent(password);
  return url.href;
};

const withClient = async (url: string, work: (client: pg.Client) => Promise<void>): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
};
