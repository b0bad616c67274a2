import pg from 'pg';

export type DatabaseAccess = { readonly url: string; readonly ownerUrl: string };
/** `isNew`: it was created just now and has no tables. */
type Provisioned = DatabaseAccess & { readonly isNew: boolean };
type Passwords = { readonly service: string; readonly owner: string };

/**
 * Gives a service its own database on a server, a role that owns the tables, and a role of its own that row level
 * security applies to. Run by an administrator, before the service's first start; running it again changes nothing but
 * passwords.
 */
export const provisionDatabase = async (adminUrl: string, name: string, passwords: Passwords): Promise<Provisioned> => {
  const [service, owner] = [name, ownerOf(name)];
  let isNew = false;
  await withClient(adminUrl, async (admin) => {
    await ensureRole(admin, owner, passwords.owner);
    await ensureRole(admin, service, passwords.service);
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
    isNew = rowCount === 0;
    if (isNew) await admin.query(`create database ${pg.escapeIdentifier(name)} owner ${pg.escapeIdentifier(owner)}`);
    await admin.query(`revoke all on database ${pg.escapeIdentifier(name)} from public`);
    await admin.query(`grant connect on database ${pg.escapeIdentifier(name)} to ${pg.escapeIdentifier(service)}`);
  });
  await withClient(urlFor(adminUrl, { database: name }), async (admin) => {
    await admin.query('create extension if not exists btree_gist');
    await admin.query(`alter schema public owner to ${pg.escapeIdentifier(owner)}`);
    await admin.query('revoke all on schema public from public');
    await admin.query(`grant usage on schema public to ${pg.escapeIdentifier(service)}`);
    const grants = `alter default privileges for role ${pg.escapeIdentifier(owner)} in schema public grant`;
    await admin.query(`${grants} select, insert, update, delete on tables to ${pg.escapeIdentifier(service)}`);
    await admin.query(`${grants} usage on sequences to ${pg.escapeIdentifier(service)}`);
  });
  return { ...databaseAccess(adminUrl, name, passwords), isNew };
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
