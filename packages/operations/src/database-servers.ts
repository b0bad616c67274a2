/** Where the databases are: on one PostgreSQL server, or those of some services on servers of their own. */
import { serviceNames, topology, type ServiceName } from '@plantops/contracts';
import { z } from 'zod';

/** One for all services, or one for each. */
export type DatabaseServers = string | ((service: ServiceName) => string);

type OwnVariable = `PLANTOPS_${string}_DATABASE_URL`;
const variableOf = (service: ServiceName): OwnVariable => `PLANTOPS_${service.toUpperCase().replaceAll('-', '_')}_DATABASE_URL`;
const own = serviceNames
  .filter((service) => topology[service].database)
  .map((service) => [variableOf(service), z.url('must be the URL of a PostgreSQL server').optional()]);

/** The variables that say so: PLANTOPS_MONEY_LEAKS_DATABASE_URL is the server of one service, PLANTOPS_DATABASE_URL that of the others. */
export const databaseServersConfig = {
  PLANTOPS_DATABASE_URL: z.url(),
  ...(Object.fromEntries(own) as Record<OwnVariable, z.ZodOptional<z.ZodURL>>),
};
type Config = { readonly PLANTOPS_DATABASE_URL: string } & Readonly<Record<OwnVariable, string | undefined>>;

export const databaseServersOf =
  (config: Config) =>
  (service: ServiceName): string =>
    config[variableOf(service)] ?? config.PLANTOPS_DATABASE_URL;

export const serverOf = (servers: DatabaseServers, service: ServiceName): string =>
  typeof servers === 'string' ? servers : servers(service);
