/** The databases of the services. */
import { serviceNames, topology, type ServiceName } from '@plantops/contracts';
import { databaseAccess, provisionDatabase, urlFor, type DatabaseAccess } from '@plantops/persistence';
import { serverOf, type DatabaseServers } from './database-servers.ts';
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

/**
 * Creates a database for every service that owns one, as an administrator of its server. Returns the services whose
 * database is new, each with the URL of the owner of its tables.
 */
export async function provisionDatabases(
  servers: DatabaseServers,
  secrets: Secrets,
): Promise<Partial<Record<ServiceName, string>>> {
  const created: Partial<Record<ServiceName, string>> = {};
  for (const service of serviceNames) {
    if (!topology[service].database) continue;
    const server = serverOf(servers, service);
    const { isNew, ownerUrl } = await provisionDatabase(server, databaseNameOf(service), passwordsOf(service, secrets));
    if (isNew) created[service] = ownerUrl;
  }
  return created;
}

/** The variable with the owner's URL of each new database, by service, as JSON. */
export const NEW_DATABASES = 'PLANTOPS_NEW_DATABASES';

/** The URL of an administrator. A URL without a password gets the plant's own: its server was set up with that. */
export const administratorUrl = (url: string, { postgres }: Secrets): string =>
  new URL(url).password === '' ? urlFor(url, { password: postgres }) : url;
