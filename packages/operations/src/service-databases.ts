/** The databases of the services. */
import { serviceNames, topology, type ServiceName } from '@plantops/contracts';
import { databaseAccess, provisionDatabase, urlFor, type DatabaseAccess } from '@plantops/persistence';
import { serverOf, type DatabaseServers } from './database-servers.ts';
import type { Remark } from './json-file.ts';
import type { Secrets } from './secrets.ts';

/** The name of a service's own database, which is also the name of its role. */
export const databaseNameOf = (service: ServiceName): string => `plantops_${service.replaceAll('-', '_')}`;
function passwordsOf(service: ServiceName, secrets: Secrets) {
  const { database, databaseOwner } = secrets.services[service];
  return { service: database, owner: databaseOwner };
}

/** The access of a service to its database; undefined for a service without a database. */
export const accessOf = (service: ServiceName, adminUrl: string, secrets: Secrets): DatabaseAccess | undefined =>
  topology[service].database
    ? databaseAccess(adminUrl, databaseNameOf(service), passwordsOf(service, secrets))
    : undefined;

/** A database, by the migrations that it has and the URL of the owner of its tables. */
export type Provisioned = { readonly applied: readonly string[]; readonly ownerUrl: string };

/**
 * Creates a database for every service that owns one, as an administrator of its server. `remark` takes a line for each
 * right that the administrator may not take from all roles of the server.
 */
export async function provisionDatabases(
  servers: DatabaseServers,
  secrets: Secrets,
  remark: Remark,
): Promise<ReadonlyMap<ServiceName, Provisioned>> {
  const provisioned = new Map<ServiceName, Provisioned>();
  const refused = new Set<string>();
  for (const service of serviceNames) {
    if (!topology[service].database) continue;
    const server = serverOf(servers, service);
    const made = await provisionDatabase(server, databaseNameOf(service), passwordsOf(service, secrets));
    provisioned.set(service, made);
    for (const statement of made.refused) refused.add(statement);
  }
  for (const statement of refused)
    remark(`PostgreSQL did not allow "${statement}": ask for it, so that services reach their own database alone`);
  return provisioned;
}

/** The variable with the owner's URL of each database to migrate, by service, as JSON. */
export const DATABASES_TO_MIGRATE = 'PLANTOPS_DATABASES_TO_MIGRATE';

/** The URL of an administrator. A URL without a password gets the plant's own: its server was set up with that. */
export const administratorUrl = (url: string, { postgres }: Secrets): string =>
  new URL(url).password === '' ? urlFor(url, { password: postgres }) : url;
