/** The tables of a plant as its database administrator sees them. Tests count here what the API does not show. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serviceNames, topology, type ServiceName } from '@plantops/contracts';
import { databaseNameOf, SECRETS_FILE, type Secrets } from '@plantops/operations';
import pg from 'pg';

const readJson = async (dataDir: string, name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(dataDir, name), 'utf8')) as unknown;
/** The administrator's URL of the server, with its default database. */
export async function databaseUrlOf(dataDir: string): Promise<string> {
  const { postgres } = (await readJson(dataDir, SECRETS_FILE)) as Secrets;
  const ports = (await readJson(dataDir, 'ports.json')) as { postgres: number };
  return `postgres://postgres:${encodeURIComponent(postgres)}@127.0.0.1:${ports.postgres}/postgres`;
}

/** The administrator's URL of the database of a service. */
export function databaseOf(databaseUrl: string, service: ServiceName): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${databaseNameOf(service)}`;
  return url.href;
}

export class PlantTables {
  readonly #clients: ReadonlyMap<ServiceName, pg.Client>;

  private constructor(clients: ReadonlyMap<ServiceName, pg.Client>) {
    this.#clients = clients;
  }

  static async open(dataDir: string): Promise<PlantTables> {
    const databaseUrl = await databaseUrlOf(dataDir);
    const clients = new Map<ServiceName, pg.Client>();
    for (const service of serviceNames.filter((name) => topology[name].database)) {
      const client = new pg.Client({ connectionString: databaseOf(databaseUrl, service) });
      await client.connect();
      clients.set(service, client);
    }
    return new PlantTables(clients);
  }

  async query<R extends object>(service: ServiceName, text: string, values: unknown[] = []): Promise<R[]> {
    const client = this.#clients.get(service);
    if (client === undefined) throw new Error(`${service} owns no database`);
    return (await client.query<R>(text, values)).rows;
  }

  /** The tables that have a column, with their services. Partitions are not listed: they are part of their table. */
  async having(column: string): Promise<{ service: ServiceName; table: string }[]> {
    const found = await Promise.all(
      [...this.#clients.keys()].map(async (service) => {
        const rows = await this.query<{ table: string }>(
          service,
          `select c.relname as table from pg_class c join pg_attribute a on a.attrelid = c.oid
           where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attname = $1
           order by 1`,
          [column],
        );
        return rows.map(({ table }) => ({ service, table }));
      }),
    );
    return found.flat();
  }

  /** The number of rows of a tenant in each table, with a hash of their content. */
  async fingerprintOf(tenant: string): Promise<Record<string, string>> {
    const tables = await this.having('tenant_id');
    const prints = await Promise.all(
      tables.map(async ({ service, table }) => {
        const [print] = await this.query<{ rows: string; content: string | null }>(
          service,
          `select count(*) as rows, md5(string_agg(md5(t::text), '' order by md5(t::text))) as content
           from ${pg.escapeIdentifier(table)} t
           where tenant_id = $1`,
          [tenant],
        );
        return [`${service}.${table}`, `${print?.rows} rows, ${print?.content ?? 'empty'}`] as const;
      }),
    );
    return Object.fromEntries(prints);
  }

  /** Adds a column to every table that has rows of tenants, as a newer version of each service may do. */
  async addColumns(): Promise<void> {
    for (const { service, table } of await this.having('tenant_id'))
      await this.query(
        service,
        `alter table ${pg.escapeIdentifier(table)} add column of_next_version text not null default 'added'`,
      );
  }

  async close(): Promise<void> {
    await Promise.all([...this.#clients.values()].map((client) => client.end()));
  }
}
