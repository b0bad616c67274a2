/** The databases of the services. */
import { serviceNames, topology, type ServiceName } from '@plantops/contracts';
import { databaseAccess, provisionDatabase, urlFor, type DatabaseAccess } from '@plantops/persistence';
import { serverOf, type DatabaseServers } from './database-servers.ts';
import type { Secrets } from './secrets.ts';

/** The name of a service's own database, which is also the name of its role. */
export const databaseNameOf = (service: ServiceName): string => `plantops_${service.replaceAll('-', '_')}`;
const passwordsOf = (service: ServiceName, secrets: Secrets) => {
  const { database, databaseOwner } = secrets.services[service];
  return { service: database, owner: databaseOwner };
};

/** How a service reaches its database; undefined when it owns none. */
export const accessOf = (service: ServiceName, adminUrl: string, secrets: Secrets): DatabaseAccess | undefined =>
  topology[service].database ? databaseAccess(adminUrl, databaseNameOf(service), passwordsOf(service, secrets)) : undefined;

/** Gives every service that owns a database its own on its server, as an administrator of it. */
export const provisionDatabases = async (servers: DatabaseServers, secrets: Secrets): Promise<void> => {
  for (const service of serviceNames)
    if (topology[service].database)
      await provisionDatabase(serverOf(servers, service), databaseNameOf(service), passwordsOf(service, secrets));
};

/** An administrator's URL: one without a password is that of the server which was set up with the plant's own. */
export const administratorUrl = (url: string, { postgres }: Secrets): string =>
  new URL(url).password === '' ? urlFor(url, { password: postgres }) : url;
