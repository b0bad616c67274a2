/**
 * Databases for tests. The database of each service is migrated once, as a template, and copied for every test file.
 */
import { randomBytes } from 'node:crypto';
import { serviceNames, topology, type ServiceName } from '@plantops/contracts';
import { migrate, provisionDatabase, urlFor, type DatabaseAccess, type Tables } from '@plantops/persistence';
import pg from 'pg';
import { PASSWORD } from '@plantops/fixtures';

const templateOf = (service: ServiceName): string => `test_${service.replaceAll('-', '_')}`;

export async function createTemplates(adminUrl: string): Promise<void> {
  for (const service of serviceNames.filter((name) => topology[name].database)) {
    const { ownerUrl } = await provisionDatabase(adminUrl, templateOf(service), { service: PASSWORD, owner: PASSWORD });
    const { tables } = (await import(`../../../services/${service}/src/database.ts`)) as { tables: Tables };
    await migrate({ url: ownerUrl, ...tables });
  }
}

/** Creates a fresh database of a service. Returns its URLs and a function that drops it. */
export async function copyTemplate(
  adminUrl: string,
  service: ServiceName,
): Promise<DatabaseAccess & { drop: () => Promise<void> }> {
  const role = templateOf(service);
  const name = `${role}_${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `create database ${name} template ${role} owner ${role}_owner`);
  await asAdmin(adminUrl, `revoke all on database ${name} from public`);
  await asAdmin(adminUrl, `grant connect on database ${name} to ${role}`);
  return {
    url: urlFor(adminUrl, { database: name, user: role, password: PASSWORD }),
    ownerUrl: urlFor(adminUrl, { database: name, user: `${role}_owner`, password: PASSWORD }),
    drop: () => asAdmin(adminUrl, `drop database ${name} with (force)`),
  };
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
